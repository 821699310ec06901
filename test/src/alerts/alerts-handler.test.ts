import { afterAll, beforeEach, expect, test } from 'vitest';
import { AUDIBLE, captureLines } from '../../support/captured-lines.ts';
import { functionOfAlerts } from '../../support/function-of-alerts.ts';
import { first, serviceError } from '../../support/proxy.ts';
import { context } from '../../support/records.ts';
import { entry, streamEvent, streamRecord } from '../../support/stream-events.ts';

const lines = captureLines();
const { tables, queue, load, putRow, putEntry, ...engines } = await functionOfAlerts();
afterAll(() => engines[Symbol.asyncDispose]());
beforeEach(() => {
  tables.reset();
  queue.reset();
});

const ALL_DONE = { batchItemFailures: [] };
const FROM_THE_FIRST = { batchItemFailures: [{ itemIdentifier: '0' }] };
const FAILURES = {
  name: 'failures',
  when: ['job-failed', 'task-failed'],
  to: ['slack:/deadline/slack', 'log'],
};

/** A task that failed a minute ago. */
const failed = (job: string, task: number, fields: object = {}) =>
  entry(task, { job_id: job, at: atOf(task), ...fields });
const atOf = (task: number | '') =>
  `${new Date(Date.now() - 60_000).toISOString().slice(0, 16)}:00.0000000Z#${task}#x#0123abcd`;
const stopped = (job: string, fields: object = {}) => ({
  ...{ job_id: job, at: atOf(''), transition: 'job-failed', status: 'Failed' },
  ...{ name: 'sq010_lighting', user: 'lighting-4', expires_at: 1_800_000_000 },
  ...fields,
});
const batchOf = (...entries: object[]) =>
  streamEvent(...entries.map((each, position) => streamRecord(position, each)));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const eachJob = (count: number) => batchOf(...upTo(count).map((job) => failed(`j${job}`, 0)));
const operations = () => tables.calls.map(({ operation }) => operation);
const sentIds = () => queue.calls.map(({ input }) => input.Entries?.map(({ Id }) => Id));

test('each channel has its message in the queue: in the group of the channel, once', async () => {
  const { handler, queued, length } = await load([FAILURES]);
  const [one, two, stop] = [failed('j', 1), failed('j', 2), stopped('j')];
  expect(await handler(batchOf(one, two, stop), context())).toEqual(ALL_DONE);
  const messages = await queued();
  expect(messages).toMatchObject([
    { alert: 'failures', channel: 'slack:/deadline/slack' },
    { alert: 'failures', channel: 'log' },
  ]);
  const [slack, log] = messages;
  expect(slack.group).not.toBe(log.group);
  expect([slack.deduplication, log.deduplication]).toEqual([slack.id, log.id]);

  // Lambda repeats it, or the stream has it in another order.
  queue.reset();
  expect(await handler(batchOf(stop, two, one), context())).toEqual(ALL_DONE);
  expect(sentIds()).toEqual([['0', '1']]);
  expect(await length()).toBe(2);
});

test('the failed tasks of a job that failed are those of its history', async () => {
  const { handler, length } = await load([{ ...FAILURES, when: ['job-failed'], to: ['log'] }]);
  await putEntry(failed('with history', 1));
  expect(await handler(batchOf(stopped('with history')), context())).toEqual(ALL_DONE);
  expect(operations()).toEqual(['Query']);
  expect(await length()).toBe(1);
});

test('a filter asks for the row; a job without a row is told rather than swallowed', async () => {
  const { handler } = await load([{ ...FAILURES, to: ['log'], user: 'lighting-*' }], AUDIBLE);
  await putRow({ job_id: 'theirs', job_details: { JobName: 'a', UserName: 'comp-1' } });
  await putRow({ job_id: 'ours', job_details: { JobName: 'b', UserName: 'Lighting-4' } });
  await putRow({ job_id: 'of another program', job_details: 'none', user: 'comp-1' });
  await putRow({ job_id: 'odd', job_details: { UserName: 7, NumberOfTasks: 'many' } });
  const jobs = ['theirs', 'ours', 'of another program', 'odd', 'no row'];
  const event = batchOf(...jobs.map((job) => failed(job, 1)));
  expect(await handler(event, context())).toEqual(ALL_DONE);
  expect(operations()).toEqual(['BatchGetItem']);
  expect(lines).toMatchObject([{ message: 'Alerts', received: 5, told: 4, messages: 4, late: 0 }]);
});

test('the log has counts, and no names', async () => {
  const { handler } = await load([FAILURES, { ...FAILURES, name: 'again' }], AUDIBLE);
  const late = failed('old', 1, { at: '2020-08-13T20:44:07.4000000Z#1#x#0123abcd' });
  const other = { ...stopped('done'), transition: 'job-completed' };
  const event = streamEvent(
    ...batchOf(stopped('j'), failed('j', 1), late, other).Records,
    streamRecord(9, {}, 'REMOVE'),
  );
  expect(await handler(event, context())).toEqual(ALL_DONE);
  expect(lines).toMatchObject([
    { level: 'INFO', message: 'Alerts', received: 5, told: 3, messages: 8, late: 1 },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/lighting|render-/);
});

test('where nothing is told, nothing is asked or queued', async () => {
  const { handler } = await load([FAILURES]);
  const other = entry(1, { transition: 'task-requeued' });
  const event = streamEvent(streamRecord(1, other), streamRecord(2, { job_id: 'j', at: 'none' }));
  expect(await handler(event, context())).toEqual(ALL_DONE);
  expect([...tables.calls, ...queue.calls]).toEqual([]);
});

test.for([
  ['throttled', serviceError('ProvisionedThroughputExceededException')],
  ['denied', serviceError('AccessDeniedException')],
  ['failing', serviceError('InternalServerError', 500)],
  ['broken off', { broken: true, applied: false } as const],
  [
    'left partly unread',
    {
      change: () => ({
        UnprocessedKeys: { DeadlineJobNotifications: { Keys: [{ job_id: { S: 'j1' } }] } },
      }),
    },
  ],
] as const)('a lookup that is %s is tried again', async ([, fault]) => {
  const { handler, length } = await load([{ ...FAILURES, to: ['log'] }]);
  tables.faultOf = first('BatchGetItem', fault);
  expect(await handler(eachJob(2), context())).toEqual(ALL_DONE);
  expect(operations()).toEqual(['BatchGetItem', 'BatchGetItem']);
  expect(await length()).toBe(2);
});

test('what stays denied is reported once time is up: nothing is queued, and all is told later', async () => {
  const { handler, length } = await load([{ ...FAILURES, to: ['log'] }], AUDIBLE);
  tables.faultOf = () => serviceError('AccessDeniedException');
  expect(await handler(batchOf(stopped('j')), context(1_200))).toEqual(FROM_THE_FIRST);
  expect(lines).toMatchObject([
    { level: 'ERROR', message: 'Alerts', unsentBecause: 'AccessDeniedException: injected' },
  ]);
  expect(queue.calls).toEqual([]);
  tables.reset();
  expect(await handler(batchOf(stopped('j')), context())).toEqual(ALL_DONE);
  expect(await length()).toBe(1);
});

test('with no time left, all is reported and nothing is asked', async () => {
  const { handler } = await load([FAILURES]);
  expect(await handler(eachJob(2), context(500))).toEqual(FROM_THE_FIRST);
  expect([...tables.calls, ...queue.calls]).toEqual([]);
});

test('what the queue does not take is sent again without the others', async () => {
  const { handler } = await load([FAILURES]);
  queue.faultOf = first('SendMessageBatch', {
    change: ({ Successful }) => ({
      Successful: (Successful as { Id: string }[]).filter(({ Id }) => Id !== '3'),
      Failed: [{ Id: '3', SenderFault: false, Code: 'InternalError' }],
    }),
  });
  expect(await handler(eachJob(6), context())).toEqual(ALL_DONE);
  expect(sentIds()).toEqual([upTo(10).map(String), ['3'], ['10', '11']]);
});

const sqsError = (name: string, status = 400) =>
  ({ status, body: { __type: `com.amazonaws.sqs#${name}`, message: 'injected' } }) as const;

test.for([
  ['is throttled', sqsError('RequestThrottled')],
  ['fails', sqsError('InternalError', 500)],
  ['breaks off before it arrives', { broken: true, applied: false } as const],
  ['loses its answer', { broken: true, applied: true } as const],
  ['answers for no entry', { change: () => ({}) }],
] as const)(
  'a request that %s is made again, and no message is twice in the queue',
  async ([, fault]) => {
    const { handler, length } = await load([{ ...FAILURES, to: ['log'] }]);
    queue.faultOf = first('SendMessageBatch', fault);
    expect(await handler(eachJob(3), context())).toEqual(ALL_DONE);
    expect(sentIds()).toEqual([upTo(3).map(String), upTo(3).map(String)]);
    expect(await length()).toBe(3);
  },
);

test.for(['AccessDeniedException', 'QueueDoesNotExist'])(
  'with %s, it does not try until time is up: it reports the first',
  async (name) => {
    const { handler } = await load([FAILURES], AUDIBLE);
    queue.faultOf = () => sqsError(name);
    expect(await handler(eachJob(6), context())).toEqual(FROM_THE_FIRST);
    expect(queue.calls).toHaveLength(1);
    expect(lines).toMatchObject([
      { messages: 0, unsentBecause: expect.stringContaining('injected') },
    ]);
  },
);

test('a message that the queue will never take is logged, and holds up no other', async () => {
  const { handler, length } = await load([{ ...FAILURES, to: ['log'] }], AUDIBLE);
  queue.faultOf = ({ input }) =>
    input.Entries?.some(({ Id }) => Id === '1') ? sqsError('InvalidMessageContents') : undefined;
  expect(await handler(eachJob(3), context())).toEqual(ALL_DONE);
  expect(sentIds()).toEqual([['0', '1', '2'], ['0'], ['1'], ['2']]);
  expect(await length()).toBe(2);
  expect(lines).toMatchObject([
    { level: 'ERROR', message: 'Invalid message', reason: 'InvalidMessageContents: injected' },
    { level: 'INFO', message: 'Alerts', messages: 2 },
  ]);
});

test('an event of something else is refused', async () => {
  const { handler } = await load([FAILURES]);
  for (const event of [{}, { ask: 'the time' }, { Records: [{}] }, null]) {
    await expect(handler(event as never, context())).rejects.toThrow('Not an event of a DynamoDB');
  }
});

test('it lists its alerts as they are written', async () => {
  const written = [
    { ...FAILURES, department: ['fx', 'lighting'], worker: 'render-*' },
    {
      name: 'done',
      when: 'job-completed',
      to: 'log',
      message: '{{{name}}} is done',
      mention: { anna: 'U02FX3AAAA' },
    },
  ];
  const { handler } = await load(written);
  expect(await handler({ ask: 'alerts' }, context())).toEqual({
    alerts: [
      {
        ...FAILURES,
        filters: { department: ['fx', 'lighting'], worker: ['render-*'] },
        message: null,
        mention: {},
      },
      {
        name: 'done',
        when: ['job-completed'],
        filters: {},
        to: ['log'],
        message: '{{{name}}} is done',
        mention: { anna: ['U02FX3AAAA'] },
      },
    ],
  });
});

test('it makes a sample of each transition for each channel, and queues none', async () => {
  const { handler } = await load([FAILURES]);
  const { messages } = await handler({ ask: 'samples', alert: 'failures' }, context());
  expect(messages).toMatchObject([
    { transition: 'job-failed', channel: 'slack:/deadline/slack', alert: 'failures' },
    { transition: 'job-failed', channel: 'log' },
    { transition: 'task-failed', channel: 'slack:/deadline/slack' },
    { transition: 'task-failed', channel: 'log' },
  ]);
  expect(new Set(messages.map(({ id }) => id)).size).toBe(4);
  expect([...tables.calls, ...queue.calls]).toEqual([]);
});

test('of an alert that there is not, it names those that there are', async () => {
  const { handler } = await load([FAILURES, { ...FAILURES, name: 'done' }]);
  await expect(handler({ ask: 'samples', alert: 'failure' }, context())).rejects.toThrow(
    'No alert is named "failure". There are: failures, done.',
  );
});

test.for([
  [{ JOB_TABLE_NAME: '' }, 'JOB_TABLE_NAME must not be empty'],
  [{ ALERT_QUEUE_URL: 'none' }, 'ALERT_QUEUE_URL must be the URL of an SQS queue'],
  [{ TIME_ZONE: 'Mars/Olympus' }, 'TIME_ZONE must be a time zone such as America/New_York'],
  [{ STACK_NAME: '' }, 'STACK_NAME must not be empty'],
  [{ ALERT_URLS: 'no' }, 'ALERT_URLS must be yes, or not set'],
  [
    { ALERTS_FILE: '/nowhere/alerts.json' },
    'Cannot read the alerts in /nowhere/alerts.json: ENOENT',
  ],
] as const)('with %j it does not start', async ([settings, problem]) => {
  await expect(load([FAILURES], settings)).rejects.toThrow(problem);
});

test('with alerts that are wrong it does not start, and names what is wrong with each', async () => {
  const wrong = [
    { ...FAILURES, when: ['job-faild'] },
    { ...FAILURES, name: 'b', to: 'slack' },
  ];
  await expect(load(wrong)).rejects.toThrow(
    /alerts: "failures": when: job-faild is no transition.*; alerts: "b": to: slack is no channel/,
  );
  await expect(load('[{')).rejects.toThrow(/Cannot read the alerts in .*: .*JSON/);
  const url = { ...FAILURES, to: 'slack:http://127.0.0.1:1/hook' };
  await expect(load([url])).rejects.toThrow('has a URL, which is a secret');
  await load([url], { ALERT_URLS: 'yes' });
});
