import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, inject, test } from 'vitest';
import { synthesize } from '../../../../src/local/template.ts';
import { breaches } from '../../../support/event-schema.ts';
import { context, event, record } from '../../../support/records.ts';
import { startEventBus } from '../../../support/refusing-bus.ts';
import { stackToAsk, taskIn } from '../../../support/stack-to-ask.ts';
import { HISTORY } from '../../../support/test-tables.ts';

const settings = { history: 'all', events: 'on', farmId: 'farm-1', queueId: 'queue-1' } as const;
const stack = await stackToAsk(await synthesize(settings));
const bus = await startEventBus();
const environment = { AWS_ENDPOINT_URL_EVENTBRIDGE: bus.endpoint };
const publish = (...args: string[]) =>
  stack.deadline(['history', 'publish', '--utc', ...args], environment);

const NIGHT = '2026-11-25T20:';
/** Stores a task's failure of each of these minutes. */
const failed = async (JobID: string, ...minutes: number[]) => {
  const records = minutes.map((minute) =>
    record({
      ...taskIn(JobID, minute, 'Failed'),
      Timestamp: `${NIGHT}${String(minute).padStart(2, '0')}:00.1234567Z`,
    }),
  );
  await stack.handler(event(...records), context());
};
await failed('a', 10, 20, 30, 40);
await failed('b', 15, 30);
beforeEach(() => bus.reset());

const taken = () =>
  bus.events
    .map(({ detail }) => detail as { jobId: string; taskId: string })
    .map(({ jobId, taskId }) => `${jobId}${taskId}`);
const ALL = ['a10', 'a20', 'a30', 'a40', 'b15', 'b30'];

test('publishes what came in a time span, of each job in order, with the ids of the stack', async () => {
  const { stdout, stderr, code } = await publish('--since', `${NIGHT}00:00Z`);
  expect(stdout).toBe('Entries in the history: 6. Events published: 6.\n');
  expect(stderr).toMatch(/^(… .*\n)?$/);
  expect(code).toBe(0);
  expect(taken().sort()).toEqual(ALL);
  expect(taken().filter((each) => each.startsWith('a'))).toEqual(ALL.slice(0, 4));
  expect(bus.events.map(breaches).filter(Boolean)).toEqual([]);
  expect(bus.events[0]?.detail).toMatchObject({ farmId: 'farm-1', queueId: 'queue-1' });
});

test.for([
  ['15:00.123Z', undefined, ['a20', 'a30', 'a40', 'b15', 'b30']],
  ['15:00.124Z', undefined, ['a20', 'a30', 'a40', 'b30']],
  ['15:00Z', '30:00.123Z', ['a20', 'b15']],
  ['15:00Z', '30:00.124Z', ['a20', 'a30', 'b15', 'b30']],
  ['41:00Z', undefined, []],
] as const)('from %s to %s these are %j', async ([since, until, expected]) => {
  const span = until === undefined ? [] : ['--until', `${NIGHT}${until}`];
  const { code } = await publish('--since', `${NIGHT}${since}`, ...span);
  expect(code).toBe(0);
  expect(taken().sort()).toEqual(expected);
});

test('as JSON, one object has the counts', async () => {
  const { stdout } = await publish('--since', `${NIGHT}30:00Z`, '--json');
  expect(JSON.parse(stdout)).toEqual({ read: 6, published: 3, invalid: 0 });
});

test('stops where EventBridge takes nothing, and says since when to go on', async () => {
  bus.refusalOf = () => ({ status: 400, error: 'AccessDeniedException' });
  const { stdout, stderr, code } = await publish('--since', `${NIGHT}00:00Z`);
  expect(stdout).toBe('');
  expect(stderr).toContain('EventBridge did not take the one of 2026-11-25T20:');
  expect(stderr).toContain('AccessDeniedException: injected');
  expect(code).toBe(70);
  expect(bus.requests).toHaveLength(1);
});

test('names an event that EventBridge will never take, and publishes the others', async () => {
  bus.refusalOf = ({ Detail }) =>
    JSON.parse(Detail).taskId === '20' ? 'MalformedDetail' : undefined;
  const { stdout, stderr, code } = await publish('--since', `${NIGHT}00:00Z`);
  expect(stdout).toContain('Entries in the history: 6. Events published: 5.');
  expect(stderr).toContain('EventBridge does not take the event a/2026-11-25T20:20:00.1234567Z');
  expect(code).toBe(1);
});

test('passes over what is no entry', async () => {
  const Item = { job_id: { S: 'x' }, at: { S: '2026-11-25T20:59' }, size: { N: '1'.repeat(38) } };
  await stack.client.send(new PutItemCommand({ TableName: HISTORY, Item }));
  const { stdout } = await publish('--since', `${NIGHT}00:00Z`);
  expect(stdout).toBe('Entries in the history: 7. Events published: 6.\n');
});

test('needs to know since when', async () => {
  const { stderr, code } = await publish();
  expect(stderr).toContain("required option '--since <time>' not specified");
  expect(code).toBe(64);
});

test('takes and explains no options of `history`', async () => {
  const { stderr, code } = await publish('--since', '1h', '--limit', '5');
  expect(stderr).toContain("unknown option '--limit'");
  expect(code).toBe(64);
  const { stdout } = await publish('--help');
  expect(stdout).toContain('--stack <name>');
  expect(stdout).not.toContain('--limit');
});

test('a time span must not end before it begins', async () => {
  const { stderr, code } = await publish('--since', `${NIGHT}30:00Z`, '--until', `${NIGHT}20:00Z`);
  expect(stderr).toContain('must be after --since');
  expect(code).toBe(64);
});

test('where events are off it says what to set', async () => {
  const off = await stackToAsk(inject('historyTemplate'));
  const { stderr, code } = await off.deadline(['history', 'publish', '--since', '1h']);
  expect(stderr).toBe('The stack publishes no events. Set `events: on`, and deploy.\n');
  expect(code).toBe(78);
});

test('history still takes a job', async () => {
  const { stdout } = await stack.deadline(['history', 'a', '--task', '20', '--json']);
  expect(stdout.trim().split('\n')).toHaveLength(1);
});
