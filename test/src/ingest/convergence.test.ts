import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadFunction } from '../../support/load-function.ts';
import { startProxy } from '../../support/proxy.ts';
import { context, event, job, record, task } from '../../support/records.ts';
import { emptyTables, type RawItem } from '../../support/test-tables.ts';

/** Keeps each request for up to 20 ms, so that others write between one's reading and writing. */
const proxy = await startProxy();
proxy.faultOf = () => ({ delay: Math.random() * 20 });
const { environment, row } = await emptyTables(proxy.endpoint);
const functions = {
  sent_timestamp: await loadFunction(environment),
  timestamp: await loadFunction({ ...environment, NEWEST_BY: 'timestamp' }),
};

/** A notification as plain numbers, from which its text is made: the oracle compares these alone. */
interface Model {
  /** 0 is the job, others are tasks. */
  readonly row: number;
  readonly sent: number;
  /** Ticks of 100 ns after a full second; `undefined` for a notification without `Timestamp`. */
  readonly ticks: number | undefined;
  readonly isStart: boolean;
  /** Which attributes it has beyond those that all have. */
  readonly extras: readonly string[];
}

const model: fc.Arbitrary<Model> = fc.record({
  row: fc.nat(2),
  sent: fc.integer({ min: 1_000, max: 1_004 }),
  ticks: fc.option(fc.constantFrom(0, 1, 10, 100, 1_000_000, 1_000_001, 1_500_000, 9_999_999), {
    nil: undefined,
  }),
  isStart: fc.boolean(),
  extras: fc.subarray(['Source', 'a', 'b.c', 'd"e', "f'g"]),
});

const scenario = fc.record({
  newestBy: fc.constantFrom('sent_timestamp' as const, 'timestamp' as const),
  // Of two starts or two stops of the same times, the texts decide.
  models: fc.uniqueArray(model, {
    selector: (each) => `${each.row}/${idOf(each)}`,
    minLength: 1,
    maxLength: 25,
  }),
  duplicates: fc.array(fc.nat(), { maxLength: 10 }),
  shuffle: fc.array(fc.nat(), { minLength: 35, maxLength: 35 }),
  cuts: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 35, maxLength: 35 }),
});

test('any notifications in any order and batches, with duplicates and eight concurrent invocations: each row is its newest', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ newestBy, models, duplicates, shuffle, cuts }) => {
      const jobId = crypto.randomUUID();
      const deliveries = [...models, ...duplicates.map((n) => models[n % models.length] as Model)]
        .map((each, index) => ({ each, order: shuffle[index] ?? 0 }))
        .sort((a, b) => a.order - b.order)
        .map(({ each }) => record(bodyOf(jobId, each), each.sent));
      const batches = cuts.map((size) => deliveries.splice(0, size)).filter(({ length }) => length);

      const queue = batches.values();
      const invocations = Array.from({ length: 8 }, async () => {
        for (const batch of queue) {
          const answer = await functions[newestBy](event(...batch), context());
          expect(answer).toEqual({ batchItemFailures: [] });
        }
      });
      await Promise.all(invocations);

      for (const rowNumber of [0, 1, 2]) {
        const newest = models
          .filter((each) => each.row === rowNumber)
          .reduce<Model | undefined>((a, b) => (a && isAfter(a, b, newestBy) ? a : b), undefined);
        const stored = await row(jobId, rowNumber === 0 ? undefined : rowNumber);
        expect(stored && differing(stored)).toEqual(newest && expected(newest));
      }
    }),
    // Without shrinking: a race that is found seldom is hard to find again in less.
    { numRuns: 60, endOnFailure: true },
  );
});

/** Tells one notification of a row from all others of it. */
function idOf({ sent, ticks, isStart }: Model): string {
  return `${sent}/${ticks}/${isStart}`;
}

function bodyOf(jobId: string, model: Model) {
  const { row, ticks, isStart, extras } = model;
  const id = idOf(model);
  const fields = {
    NotificationInfo: { Name: nameOf(row, isStart) },
    Timestamp: ticks === undefined ? undefined : timestamp(ticks),
    WorkerInfo: { id },
    ...Object.fromEntries(extras.map((name) => [name, id])),
  };
  return row === 0 ? job(jobId, fields) : task(jobId, row, fields);
}

function nameOf(row: number, isStart: boolean): string {
  const verb = isStart ? 'Started' : 'Stopped';
  return row === 0 ? `Job${verb}Notification` : `${verb}TaskNotification`;
}

/** As .NET writes it: without zeros at the end. */
function timestamp(ticks: number): string {
  const fraction = String(ticks).padStart(7, '0').replace(/0+$/, '');
  return `2020-08-11T00:59:40${fraction && `.${fraction}`}Z`;
}

function isAfter(a: Model, b: Model, newestBy: keyof typeof functions): boolean {
  const [aTicks, bTicks] = [a.ticks ?? -1, b.ticks ?? -1];
  const order =
    newestBy === 'timestamp'
      ? [aTicks - bTicks, a.sent - b.sent]
      : [a.sent - b.sent, aTicks - bTicks];
  return (order[0] || order[1] || Number(b.isStart) - Number(a.isStart)) > 0;
}

/** What of a row differs between notifications. */
function expected(model: Model) {
  const { row, sent, ticks, isStart, extras } = model;
  const name = nameOf(row, isStart);
  const id = idOf(model);
  const names = extras.map((name) => (name === 'Source' ? 'source' : name));
  return {
    sent_timestamp: { N: String(sent) },
    task_type: { S: name },
    notification_info: { M: { Name: { S: name } } },
    ...(ticks !== undefined && { timestamp: { S: timestamp(ticks) } }),
    worker_info: { M: { id: { S: id } } },
    ...Object.fromEntries(names.map((name) => [name, { S: id }])),
  };
}

function differing(stored: RawItem) {
  const same = ['job_id', 'task_id', 'job_details', 'task_details'];
  return Object.fromEntries(Object.entries(stored).filter(([name]) => !same.includes(name)));
}
