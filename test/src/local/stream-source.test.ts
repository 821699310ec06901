import type { DynamoDBStreamEvent } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { breaches } from '../../support/event-schema.ts';
import { context } from '../../support/records.ts';
import { entry } from '../../support/stream-events.ts';
import { streamWithEvents } from '../../support/stream-with-events.ts';

const { bus, put, remove, source, tasksOf, handler } = await streamWithEvents();
const REFUSED = { status: 400, error: 'AccessDeniedException' };

let job: string;
const entries = (...tasks: number[]) => tasks.map((task) => entry(task, { job_id: job }));
beforeEach(() => {
  job = crypto.randomUUID();
  bus.reset();
});

test('read late, the stream has all that came, in order, and each is one event', async () => {
  await put(...entries(0, 1, 2, 3));
  await put(...entries(1, 2)); // delivered again: the same entries
  const { poll } = source();
  expect(await poll()).toBe(true);
  expect(tasksOf(job)).toEqual([0, 1, 2, 3]);
  await put(...entries(4));
  await poll();
  expect(tasksOf(job)).toEqual([0, 1, 2, 3, 4]);
  expect(bus.events.map(breaches).filter(Boolean)).toEqual([]);
});

test('an entry that changes or expires is no event', async () => {
  const [first, second] = entries(0, 1) as [ReturnType<typeof entry>, ReturnType<typeof entry>];
  await put(first, { ...first, reason: 'changed' }, second);
  await remove(first);
  await source().poll();
  expect(tasksOf(job)).toEqual([0, 1]);
});

test('a bus that refuses all for six hours gets all after that', async () => {
  await put(...entries(0, 1, 2));
  const { clock, givenUp, poll } = source();
  bus.refusalOf = () => REFUSED;
  for (; clock.hours < 6; clock.hours += 1) expect(await poll()).toBe(false);
  expect(tasksOf(job)).toEqual([]);
  bus.reset();
  await put(...entries(3));
  while (!(await poll()));
  await poll();
  expect(tasksOf(job)).toEqual([0, 1, 2, 3]);
  expect(givenUp).toEqual([]);
});

test('what it refuses for more than twelve hours is given up by its positions; what comes next goes out', async () => {
  await source().poll();
  await put(...entries(0, 1, 2));
  const { clock, givenUp, poll } = source();
  bus.refusalOf = () => REFUSED;
  await poll();
  clock.hours = 13;
  expect(await poll()).toBe(true);
  expect(givenUp).toMatchObject([
    { startSequenceNumber: expect.any(String), streamArn: expect.stringContaining('/stream/') },
  ]);
  expect(Date.parse(givenUp[0]?.approximateArrivalOfFirstRecord ?? '')).not.toBeNaN();
  bus.reset();
  clock.hours = 0;
  await put(...entries(3));
  await poll();
  expect(tasksOf(job)).toEqual([3]);
});

test('a function that fails is invoked again with half of the batch, down to the one that fails it', async () => {
  const sizes: number[] = [];
  const failing = async (event: DynamoDBStreamEvent) => {
    sizes.push(event.Records.length);
    const isBad = event.Records.some(
      ({ dynamodb }) => dynamodb?.NewImage?.job_id?.S === job && dynamodb.NewImage.task?.N === '2',
    );
    if (isBad) throw new Error('out of memory');
    return handler(event, context());
  };
  await put(...entries(0, 1, 2, 3));
  const { poll } = source(failing);
  await expect(poll()).rejects.toThrow('out of memory');
  for (let attempt = 0; attempt < 8; attempt += 1) await poll().catch(() => undefined);
  expect(tasksOf(job)).toEqual([0, 1]);
  expect(sizes.at(-1)).toBe(1);
});

describe('with a batching window', () => {
  const sizes: number[] = [];
  const counting = async (event: DynamoDBStreamEvent) => {
    sizes.push(event.Records.length);
    return handler(event, context());
  };
  const MINUTE = 1 / 60; // of an hour
  const later = { batchingWindow: 60_000 };

  /** A source that has passed on what other tests left. */
  async function upToDate(invoked: typeof counting, batching: object) {
    const of = source(invoked, batching);
    // A page may have only what is passed over.
    for (let idle = 0; idle < 10; of.clock.hours += MINUTE) {
      const before = sizes.length;
      const isDone = await of.poll();
      idle = isDone && sizes.length === before ? idle + 1 : 0;
    }
    sizes.length = 0;
    return of;
  }

  test('what comes within it is one batch', async () => {
    const { clock, poll } = await upToDate(counting, later);
    await put(...entries(0, 1));
    expect(await poll()).toBe(false);
    clock.hours += MINUTE / 2;
    await put(...entries(2));
    expect(await poll()).toBe(false);
    expect(sizes).toEqual([]);
    clock.hours += MINUTE / 2;
    expect(await poll()).toBe(true);
    expect(sizes).toEqual([3]);
    await put(...entries(3));
    expect(await poll()).toBe(false);
  });

  test('a batch that is full does not wait', async () => {
    const { clock, poll } = await upToDate(counting, { ...later, batchSize: 4 });
    await put(...entries(0, 1, 2));
    expect(await poll()).toBe(false);
    await put(...entries(3, 4));
    expect(await poll()).toBe(true);
    expect(await poll()).toBe(false);
    expect(sizes).toEqual([4]);
    clock.hours += MINUTE;
    expect(await poll()).toBe(true);
    expect(sizes).toEqual([4, 1]);
  });

  test('a batch that failed is tried again as it is', async () => {
    let isDown = false;
    const failing = async (event: DynamoDBStreamEvent) => {
      const itemIdentifier = event.Records[0]?.dynamodb?.SequenceNumber ?? '';
      return isDown ? { batchItemFailures: [{ itemIdentifier }] } : counting(event);
    };
    const { clock, poll } = await upToDate(failing, later);
    isDown = true;
    await put(...entries(0, 1));
    await poll();
    clock.hours += MINUTE;
    expect(await poll()).toBe(false);
    isDown = false;
    await put(...entries(2));
    expect(await poll()).toBe(true);
    expect(sizes).toEqual([2]);
  });
});
