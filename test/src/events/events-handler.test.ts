import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { beforeEach, expect, test } from 'vitest';
import { LOCAL, localEngines } from '../../../src/local/engines/environment.ts';
import { breaches } from '../../support/event-schema.ts';
import { loadFunction } from '../../support/load-function.ts';
import { context } from '../../support/records.ts';
import { startEventBus } from '../../support/refusing-bus.ts';
import { entry, streamEvent, streamRecord } from '../../support/stream-events.ts';

const bus = await startEventBus();
const environment = {
  ...localEngines('http://127.0.0.1:1', LOCAL.credentials),
  AWS_ENDPOINT_URL_EVENTBRIDGE: bus.endpoint,
  POWERTOOLS_LOG_LEVEL: 'SILENT',
};
const load = (settings: Record<string, string> = {}) =>
  loadFunction<DynamoDBStreamEvent, DynamoDBBatchResponse>(
    { ...environment, ...settings },
    () => import('../../../src/events/events-handler.ts'),
  );
const handler = await load();
beforeEach(() => bus.reset());

const tasksPut = () =>
  bus.requests.map((request) => request.map(({ Detail }) => JSON.parse(Detail).taskId));
const tasksTaken = () => bus.events.map(({ detail }) => (detail as { taskId: string }).taskId);
const records = (count: number) => Array.from({ length: count }, (_, task) => streamRecord(task));
const upTo = (count: number) => Array.from({ length: count }, (_, task) => String(task));
const ALL_DONE = { batchItemFailures: [] };
const from = (position: number) => ({
  batchItemFailures: [{ itemIdentifier: String(position) }],
});

test('each new entry is an event that fits the schema, in order, ten a request', async () => {
  expect(await handler(streamEvent(...records(23)), context())).toEqual(ALL_DONE);
  expect(tasksPut().map((request) => request.length)).toEqual([10, 10, 3]);
  expect(tasksTaken()).toEqual(upTo(23));
  expect(bus.events.map(breaches)).toEqual(upTo(23).map(() => undefined));
  expect(bus.requests[0]?.[0]).not.toHaveProperty('EventBusName');
});

test('what comes at once goes out in the order of its own times', async () => {
  const shuffled = [7, 2, 11, 0, 5].map((task) => streamRecord(task));
  expect(await handler(streamEvent(...shuffled), context())).toEqual(ALL_DONE);
  expect(tasksTaken()).toEqual(['0', '2', '5', '7', '11']);
});

test('of what comes at once and stays refused, the first in the stream is reported', async () => {
  bus.refusalOf = ({ Detail }) =>
    JSON.parse(Detail).taskId === '2' ? 'AccessDeniedException' : undefined;
  const [late, middle, early] = [20, 2, 1].map((task) => streamRecord(task));
  const others = [3, 4, 5, 6, 7, 8, 9, 10].map((task) => streamRecord(task));
  const all = [late, middle, early, ...others] as ReturnType<typeof streamRecord>[];
  expect(await handler(streamEvent(...all), context())).toEqual(from(20));
});

test('the bus and the ids of AWS Deadline Cloud are settings', async () => {
  const set = await load({ EVENT_BUS_NAME: 'farm', FARM_ID: 'farm-1', QUEUE_ID: 'queue-1' });
  await set(streamEvent(streamRecord(0)), context());
  expect(bus.requests[0]?.[0]?.EventBusName).toBe('farm');
  expect(bus.events[0]?.detail).toMatchObject({ farmId: 'farm-1', queueId: 'queue-1' });
});

test('a setting that is empty stops the function, by its name', async () => {
  await expect(load({ FARM_ID: '' })).rejects.toThrow('FARM_ID must not be empty');
});

test('what expires or changes is no transition, nor is what is no entry', async () => {
  const event = streamEvent(
    streamRecord(1, entry(1), 'REMOVE'),
    streamRecord(2, entry(2), 'MODIFY'),
    streamRecord(3, { job_id: 'j', at: 'someone else wrote this' }),
    streamRecord(4, { ...entry(4), errors: '12e400' }),
    { eventName: 'INSERT', dynamodb: { SequenceNumber: '5' } },
    {
      eventName: 'INSERT',
      dynamodb: { SequenceNumber: '6', NewImage: { job_id: { N: '9'.repeat(38) } } },
    },
    streamRecord(7, { ...entry(7), at: 'no time' }),
    streamRecord(7, { ...entry(7), task: 'seven' }),
    streamRecord(7, { ...entry(7), transition: 'job-failed' }),
    streamRecord(8),
  );
  expect(await handler(event, context())).toEqual(ALL_DONE);
  expect(tasksTaken()).toEqual(['4', '8']);
});

test('an event without positions is refused', async () => {
  await expect(handler({ Records: [{}] }, context())).rejects.toThrow(
    'Not an event of a DynamoDB stream: Records.0.dynamodb is missing or not valid',
  );
  await expect(handler({} as DynamoDBStreamEvent, context())).rejects.toThrow('Records is missing');
});

test('without inserts, no request is made', async () => {
  expect(await handler(streamEvent(streamRecord(1, {}, 'REMOVE')), context())).toEqual(ALL_DONE);
  expect(bus.requests).toEqual([]);
});

test('what the bus does not take is put again without the others, before what comes after', async () => {
  let refused = 0;
  bus.refusalOf = ({ Detail }) =>
    /^[37]$/.test(JSON.parse(Detail).taskId) && refused++ < 3 ? 'ThrottlingException' : undefined;
  expect(await handler(streamEvent(...records(12)), context())).toEqual(ALL_DONE);
  expect(tasksPut()).toEqual([upTo(10), ['3', '7'], ['3'], ['10', '11']]);
});

test.for([
  { status: 400, error: 'ThrottlingException' },
  { status: 500, error: 'InternalException' },
  { status: 503, error: 'ServiceUnavailable' },
])('a request that fails with %j is made again', async (refusal) => {
  let refused = 0;
  bus.refusalOf = () => (refused++ < 4 ? refusal : undefined);
  expect(await handler(streamEvent(...records(2)), context())).toEqual(ALL_DONE);
  expect(tasksPut()).toEqual([upTo(2), upTo(2), upTo(2)]);
});

test('a request that breaks off before it arrives is made again', async () => {
  let broken = 0;
  bus.refusalOf = () => (broken++ < 2 ? { broken: 'before' } : undefined);
  expect(await handler(streamEvent(...records(2)), context())).toEqual(ALL_DONE);
  expect(tasksTaken()).toEqual(upTo(2));
});

test('one whose answer is lost is made again: its events come twice, with the same id', async () => {
  let broken = 0;
  bus.refusalOf = () => (broken++ < 2 ? { broken: 'after' } : undefined);
  expect(await handler(streamEvent(...records(2)), context())).toEqual(ALL_DONE);
  expect(tasksTaken()).toEqual(['0', '1', '0', '1']);
  const ids = bus.events.map(({ detail }) => (detail as { deadline: { id: string } }).deadline.id);
  expect(new Set(ids).size).toBe(2);
});

test('without permission it does not try until time is up: it reports the first', async () => {
  bus.refusalOf = () => ({ status: 400, error: 'AccessDeniedException' });
  expect(await handler(streamEvent(...records(12)), context())).toEqual(from(0));
  expect(bus.requests).toHaveLength(1);
});

test.for(['AccessDeniedException', 'NotAuthorizedForSourceException'])(
  'nor where the bus refuses an entry with %s',
  async (code) => {
    bus.refusalOf = ({ Detail }) => (JSON.parse(Detail).taskId === '2' ? code : undefined);
    expect(await handler(streamEvent(...records(12)), context())).toEqual(from(2));
    expect(bus.requests).toHaveLength(1);
  },
);

test('an event that the bus will never take holds up no other', async () => {
  bus.refusalOf = ({ Detail }) =>
    JSON.parse(Detail).taskId === '5' ? 'MalformedDetail' : undefined;
  expect(await handler(streamEvent(...records(12)), context())).toEqual(ALL_DONE);
  expect(tasksTaken()).toEqual(upTo(12).filter((task) => task !== '5'));
});

test('one that makes its whole request invalid is found, and holds up no other', async () => {
  bus.refusalOf = ({ Detail }) =>
    JSON.parse(Detail).taskId === '5' ? { status: 400, error: 'ValidationException' } : undefined;
  expect(await handler(streamEvent(...records(12)), context())).toEqual(ALL_DONE);
  expect(tasksTaken()).toEqual(upTo(12).filter((task) => task !== '5'));
});

test('with no time left, all is reported and nothing is put', async () => {
  expect(await handler(streamEvent(...records(3)), context(500))).toEqual(from(0));
  expect(bus.requests).toEqual([]);
});

// The last, as a request of it may still be under way when it ends.
test('what stays refused is reported once time is up, and nothing after it is put', async () => {
  bus.refusalOf = ({ Detail }) =>
    JSON.parse(Detail).taskId === '4' ? 'InternalFailure' : undefined;
  expect(await handler(streamEvent(...records(30)), context(1_300))).toEqual(from(4));
  expect(tasksTaken()).toEqual(upTo(10).filter((task) => task !== '4'));
  expect(tasksPut().at(-1)).toEqual(['4']);
});
