import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, inject, test } from 'vitest';
import { HistoryEntries } from '../../../../src/cli/aws/history-entries.ts';
import { NotificationRows } from '../../../../src/cli/aws/notification-rows.ts';
import type { StackOutputs } from '../../../../src/cli/aws/stack-outputs.ts';
import type { FarmEvent } from '../../../../src/cli/watch/farm-event.ts';
import { TransitionWatch } from '../../../../src/cli/watch/transition-watch.ts';
import { WatchOfJob } from '../../../../src/cli/watch/watch-of-job.ts';
import { historyAt } from '../../../support/history-at.ts';
import { first } from '../../../support/proxy.ts';
import { context, event, record } from '../../../support/records.ts';
import { stackToAsk, stoppedJob, taskIn } from '../../../support/stack-to-ask.ts';

const stacks = {
  all: await stackToAsk(inject('historyTemplate')),
  problems: await stackToAsk(historyAt('problems')),
};
type Level = keyof typeof stacks;

const [SECOND, MINUTE] = [1_000, 60_000];
const NOON = Date.UTC(2026, 10, 25, 12);

let jobId: string;
beforeEach(() => {
  stacks.all.proxy.reset();
  jobId = crypto.randomUUID();
});

/** Stores a batch of notifications of so many seconds after noon, sent once a minute. */
async function store(level: Level, ...all: readonly (readonly [seconds: number, body: object])[]) {
  const records = all.map(([seconds, body]) => {
    const time = NOON + seconds * SECOND;
    const Timestamp = new Date(time).toISOString();
    return record({ ...body, Timestamp }, Math.ceil(time / MINUTE) * MINUTE + Math.floor(seconds));
  });
  const { batchItemFailures } = await stacks[level].handler(event(...records), context());
  expect(batchItemFailures).toEqual([]);
}
const task = (id: number, status: string, details = {}) => taskIn(jobId, id, status, details);
const stop = (status: string) => stoppedJob(jobId, status, { NumberOfTasks: 3, Group: 'big' });
/** A start, a requeue, and a start, of which the row has the last. */
const again = (seconds: number): [number, object][] => [
  [seconds, task(0, 'Rendering')],
  [seconds + 1, task(0, 'Queued')],
  [seconds + 2, task(0, 'Rendering')],
];

/** Tasks as `1 Failed`, the job as `Failed`. */
function text({ task, job }: FarmEvent): string {
  return task ? `${task.task} ${task.status}` : `${job.status}`;
}

function reading(level: Level) {
  const { client, outputs, proxy } = stacks[level];
  const { region, credentials } = client.config;
  const behindProxy = new DynamoDBClient({
    ...{ region, credentials, endpoint: proxy.endpoint, maxAttempts: 1 },
  });
  const stack = { ...outputs, RetentionDays: undefined } as unknown as StackOutputs;
  const { signal } = new AbortController();
  return {
    rows: new NotificationRows(behindProxy, stack, signal),
    entries: new HistoryEntries(behindProxy, stack, signal, () => NOON),
  };
}

/** A watch, and what each look shows. */
function watching(level: Level, options: { since?: number; withFailedTasks?: boolean } = {}) {
  const { rows, entries } = reading(level);
  const watch = new WatchOfJob(rows, { entries, level }, jobId, { leastPause: 0, ...options });
  const events = async () => {
    const shown: FarmEvent[] = [];
    await watch.look((each) => shown.push(each));
    return shown;
  };
  const look = async () => (await events()).map(text);
  return { watch, events, look };
}

describe('where all is recorded', () => {
  test('each requeue and each start is shown, once, but nothing of before', async () => {
    await store('all', ...again(0), [3, task(1, 'Completed')]);
    const { watch, look } = watching('all');
    await watch.begin();
    expect(Object.fromEntries(watch.counts)).toEqual({ Completed: 1, Rendering: 1 });
    expect(await look()).toEqual([]);
    await store('all', [60, task(0, 'Queued')], ...again(61), [64, stop('Suspended')]);
    expect(await look()).toEqual([
      ...['0 Queued', '0 Rendering', '0 Queued', '0 Rendering', 'Suspended'],
    ]);
    await store('all', [60, task(0, 'Queued')], ...again(61));
    expect(await look()).toEqual([]);
  });

  test('two that are the same but for their times are two', async () => {
    const { watch, look } = watching('all');
    await watch.begin();
    await store('all', [1, task(0, 'Queued')], [2, task(0, 'Queued')], [2, task(0, 'Rendering')]);
    expect(await look()).toEqual(['0 Queued', '0 Rendering', '0 Queued']);
  });

  test('with a time, shows what happened from then on', async () => {
    await store('all', ...again(0), [0.5, stop('Failed')]);
    const { watch, look } = watching('all', { since: NOON + SECOND });
    await watch.begin();
    expect(await look()).toEqual(['0 Queued', '0 Rendering']);
  });

  test('a stop has the failed tasks, and what else the row of the job has', async () => {
    await store('all', [1, task(0, 'Failed')], [2, task(1, 'Failed')], [3, task(2, 'Failed')]);
    const { watch, events } = watching('all', { withFailedTasks: true });
    await watch.begin();
    await store('all', [9, task(1, 'Queued')], [10, stop('Failed')]);
    const stopped = (await events()).at(-1) as FarmEvent;
    expect(stopped).toMatchObject({
      job: { status: 'Failed', group: 'big', tasks: 3, sent: NOON + 10 * SECOND },
      failed: { count: 2, frames: '0, 2' },
    });
  });

  test('a look that fails loses nothing, and shows nothing twice', async () => {
    const { watch, look } = watching('all');
    await watch.begin();
    await store('all', ...again(0), [3, stop('Failed')]);
    const { proxy } = stacks.all;
    proxy.faultOf = first('GetItem', { broken: true, applied: false });
    await expect(look()).rejects.toThrow();
    expect(await look()).toEqual(['0 Rendering', '0 Queued', '0 Rendering', 'Failed']);
    expect(await look()).toEqual([]);
  });

  test('no row is read, and what comes up to ten minutes late is shown within a minute', async () => {
    let now = NOON;
    const { rows, entries } = reading('all');
    const watch = new TransitionWatch(entries, rows, jobId, {}, () => now);
    await watch.begin();
    const look = async () => {
      const shown: string[] = [];
      await watch.look((each) => shown.push(text(each)));
      return shown;
    };
    await store('all', [0, task(0, 'Completed')]);
    expect(await look()).toEqual(['0 Completed']);
    stacks.all.proxy.reset();
    await store('all', [-119, task(1, 'Completed')], [-599, task(2, 'Completed')]);
    await store('all', [-601, task(3, 'Completed')]);
    expect(await look()).toEqual(['1 Completed']);
    now += MINUTE;
    expect(await look()).toEqual(['2 Completed']);
    const reads = stacks.all.proxy.calls.filter(({ operation }) => operation === 'Query');
    expect(reads).toHaveLength(2);
  });
});

describe('where problems are recorded', () => {
  test('they are shown one by one, and the rest from the rows', async () => {
    await store('problems', ...again(0));
    const { watch, look } = watching('problems');
    await watch.begin();
    await store(
      'problems',
      ...again(60),
      [70, task(1, 'Failed')],
      [71, task(2, 'Completed')],
      [200, stop('Failed')],
    );
    // As soon as a look at the rows is due; what is told by both is shown once.
    const shown: string[] = [];
    await expect
      .poll(async () => shown.push(...(await look())) && shown, { interval: 5, timeout: 10_000 })
      .toHaveLength(5);
    expect(shown.sort()).toEqual(['0 Queued', '0 Rendering', '1 Failed', '2 Completed', 'Failed']);
    expect(await look()).toEqual([]);
  });
});
