import { afterEach, expect, test, vi } from 'vitest';
import { COUNTS } from '../../../src/shared/metric-names.ts';
import { AUDIBLE, captureLines } from '../../support/captured-lines.ts';
import { loadFunction } from '../../support/load-function.ts';
import { type Fault, first, serviceError, startProxy } from '../../support/proxy.ts';
import { context, event, record, task, tasks } from '../../support/records.ts';
import { emptyTables } from '../../support/test-tables.ts';

const proxy = await startProxy();
const { environment } = await emptyTables(proxy.endpoint);
const handler = await loadFunction({
  ...environment,
  ...AUDIBLE,
  POWERTOOLS_SERVICE_NAME: 'FarmNotifications',
});

const lines = captureLines();
afterEach(() => {
  proxy.reset();
});

const jobId = crypto.randomUUID();
const logged = () => lines.filter(({ level }) => level !== undefined);
const metrics = () => lines.filter(({ _aws }) => _aws !== undefined);

test('a batch logs one line of counts, and one per invalid message, without its payload', async () => {
  await handler(event(record(task(jobId, 0), 1_000)), context());
  lines.length = 0;

  const payload = 'secret'.repeat(50);
  const invalid = record(task(payload, '0'));
  invalid.attributes.ApproximateReceiveCount = '3';
  const invocation = context();
  await handler(
    event(
      invalid,
      record(task(jobId, 0), 999),
      record(task(jobId, 1), 1_000),
      record(task(jobId, 1), 1_001),
      record(task(jobId, 2), 1_000),
    ),
    invocation,
  );

  expect(logged()).toMatchObject([
    {
      level: 'WARN',
      message: 'Invalid message',
      messageId: invalid.messageId,
      reason: 'TaskDetails.TaskID: must be a whole number, not "0"',
      receives: '3',
    },
    {
      level: 'INFO',
      message: 'Batch',
      correlation_id: invocation.awsRequestId,
      received: 5,
      written: 2,
      stale: 1,
      superseded: 1,
      invalid: 1,
      notWritten: 0,
      lostRaces: 0,
    },
  ]);
  expect(JSON.stringify(lines)).not.toContain(payload);
});

test('a log line steers no terminal that it is shown on, whatever a message holds', async () => {
  const write = vi.spyOn(process.stdout, 'write');
  const stderr = vi.spyOn(process.stderr, 'write');
  const name = 'odd\u009b2J\u202e\u2028\u0085';
  await handler(event(record(task('1', name)), record(task('1', 1, { [name]: 1e126 }))), context());
  const written = [...write.mock.calls, ...stderr.mock.calls].map(([text]) => String(text));
  expect(written.join('')).toContain('\\u202e');
  expect(written.join('').replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Zl}\p{Bidi_Control}]/u);
});

test('a batch that is not fully written is an error, with the reasons', async () => {
  proxy.faultOf = () => serviceError('AccessDeniedException');
  await handler(event(record(task(jobId, 3)), record(task(jobId, 4))), context());
  expect(logged()).toMatchObject([
    {
      level: 'ERROR',
      message: 'Batch',
      received: 2,
      notWritten: 2,
      notWrittenBecause: ['AccessDeniedException: injected'],
    },
  ]);
});

const throttled = serviceError('ThrottlingException');
const late = { delay: 2_000 };

test.for<[string, Fault[], string]>([
  ['throttled', [throttled], 'out of time: ThrottlingException: injected'],
  ['late', [late], 'out of time: DynamoDB has not answered'],
  ['throttled, then late', [throttled, late], 'out of time: ThrottlingException: injected'],
])("when time runs out, DynamoDB's last error is the reason: %s", async ([, said, reason]) => {
  proxy.faultOf = () => (said.length > 1 ? said.shift() : said[0]);
  await handler(event(record(task(jobId, 6))), context(1_500));
  expect(logged()).toMatchObject([{ notWritten: 1, notWrittenBecause: [reason] }]);
});

test('notifications older than a stale one in the batch are stale, too', async () => {
  await handler(event(record(task(jobId, 7), 1_002)), context());
  lines.length = 0;
  await handler(event(record(task(jobId, 7), 1_001), record(task(jobId, 7), 1_000)), context());
  expect(logged()).toMatchObject([{ received: 2, stale: 2, superseded: 0 }]);
});

test.for([
  ['DuplicateItem', 1],
  ['ConditionalCheckFailed', 1],
  ['ThrottlingError', 0],
] as const)('a write rejected with %s is a lost race: %i', async ([code, lostRaces]) => {
  proxy.faultOf = first('BatchExecuteStatement', {
    code,
    refuses: (statement) => statement.includes('refused'),
  });
  const id = crypto.randomUUID();
  await handler(event(record(task(id, 0, { refused: 1 })), record(task(id, 1))), context());
  expect(logged()).toMatchObject([{ received: 2, written: 2, lostRaces }]);
  expect(metrics()).toMatchObject([{ received: 2, written: 2, lostRaces }]);
});

test('each lost race counts, even several of one row', async () => {
  let refusals = 2;
  proxy.faultOf = ({ operation }) =>
    operation === 'BatchExecuteStatement' && refusals-- > 0
      ? { code: 'DuplicateItem', refuses: () => true }
      : undefined;
  await handler(event(...tasks(crypto.randomUUID(), 3)), context());
  expect(logged()).toMatchObject([{ written: 3, lostRaces: 6 }]);
});

test("the counts are metrics, with the function's service", async () => {
  await handler(event(record(task(jobId, 5)), record('no JSON')), context());
  expect(metrics()).toMatchObject([
    {
      service: 'FarmNotifications',
      received: 2,
      written: 1,
      stale: 0,
      superseded: 0,
      invalid: 1,
      notWritten: 0,
      lostRaces: 0,
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'DeadlineNotifications',
            Dimensions: [['service']],
            Metrics: [
              { Name: 'age', Unit: 'Milliseconds' },
              ...COUNTS.map((Name) => ({ Name, Unit: 'Count' })),
            ],
          },
        ],
      },
    },
  ]);
});

test.for([
  ['a minute ago', -60_000, 60_000],
  ['in a minute, by a clock that is ahead', 60_000, 0],
] as const)('the age of a notification sent %s is a metric', async ([, skew, least]) => {
  const sent = Date.now() + skew;
  const id = crypto.randomUUID();
  await handler(event(record(task(id, 0), sent), record(task(id, 0), sent - 1)), context());
  await handler(event(record(task(id, 0), sent)), context());
  const [written, stale] = metrics();
  expect(written?.age).toBeGreaterThanOrEqual(least);
  expect(written?.age).toBeLessThan(least + 10_000);
  expect(stale).not.toHaveProperty('age');
});

test('the age is that at the time of storing, however long others take', async () => {
  const sent = Date.now();
  const id = crypto.randomUUID();
  proxy.faultOf = ({ operation, input: { Statements = [] } }) => {
    const isSlow = Statements.some(({ Statement }) => Statement.includes('slow'));
    return operation === 'BatchExecuteStatement' && isSlow ? { delay: 3_000 } : undefined;
  };
  const records = Array.from({ length: 101 }, (_, taskId) =>
    record(task(id, taskId, taskId === 100 ? { slow: 1 } : {}), sent),
  );
  await handler(event(...records), context());
  const ages = agesOf(metrics());
  expect(ages.filter((age) => age >= 3_000)).toHaveLength(1);
});

test('of three thousand written, each age is emitted once, and so is each count', async () => {
  const MINUTE = 60_000;
  const now = Date.now();
  const id = crypto.randomUUID();
  const records = Array.from({ length: 3_000 }, (_, taskId) =>
    record(task(id, taskId), now - taskId * MINUTE),
  );
  await handler(event(...records), context());

  const minutes = agesOf(metrics()).map((age) => Math.floor(age / MINUTE));
  expect(minutes.sort((a, b) => a - b)).toEqual(records.map((_, taskId) => taskId));
  for (const name of COUNTS) {
    const emitted = metrics().flatMap((line) => line[name] ?? []);
    expect(emitted, name).toEqual([name === 'received' || name === 'written' ? 3_000 : 0]);
  }
  const most = Math.max(...metrics().map((line) => agesOf([line]).length));
  expect(most).toBe(100); // the most values of one metric that a line may have
  expect(lines).toHaveLength(metrics().length + 1);
});

/** The ages in lines of metrics: a list in each, or one alone. */
function agesOf(all: readonly Record<string, unknown>[]): number[] {
  return all.flatMap(({ age = [] }) => age as number | number[]);
}
