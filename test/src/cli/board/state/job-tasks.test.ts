import { beforeEach, describe, expect, test } from 'vitest';
import type { TaskSummary } from '../../../../../src/cli/aws/row-summary.ts';
import { JobTasks, type TaskChanges } from '../../../../../src/cli/board/state/job-tasks.ts';

const [SECOND, MINUTE] = [1_000, 60_000];
const SIZE = 10_000;

let now: number;
let rows: Map<number, TaskSummary>;
let reads: { all: number; byId: number[] };
const task = (id: number, status: string) =>
  ({ job: 'job', task: id, status, sent: now }) as TaskSummary;

beforeEach(() => {
  now = 1_000_000;
  rows = new Map(Array.from({ length: SIZE }, (_, id) => [id, task(id, 'Completed')]));
  reads = { all: 0, byId: [] };
});

const source = {
  async *timedTasks() {
    reads.all += 1;
    yield* rows.values();
  },
  async timedTasksById(_job: string, ids: readonly (number | string)[]) {
    reads.byId.push(ids.length);
    return ids.flatMap((id) => rows.get(Number(id)) ?? []);
  },
};
const tasks = (most = 100_000) => new JobTasks(source, 'job', most, () => now);
const changes = (
  marks: [number, string][] = [],
  told: number[] = [],
  areMost = true,
): TaskChanges => ({
  ...{ marks: new Map(marks), told, areMost },
});

describe('a job of 10,000 tasks that someone looks at', () => {
  test('is read whole once, then what the indexes and the history have of it', async () => {
    const job = tasks();
    await job.look(changes([[1, 'Rendering']]), true);
    expect(job.rows.size).toBe(SIZE);
    rows.set(1, task(1, 'Failed'));
    rows.set(7, task(7, 'Queued'));
    now += 5 * SECOND;
    await job.look(changes([], [7]), true);
    expect(reads).toEqual({ all: 1, byId: [2] });
    expect([job.rows.get(1)?.status, job.rows.get(7)?.status]).toEqual(['Failed', 'Queued']);
    // An entry of the history is written before its row.
    rows.set(7, task(7, 'Rendering'));
    now += 5 * SECOND;
    await job.look(changes(), true);
    expect(job.rows.get(7)?.status).toBe('Rendering');
    now += 5 * SECOND;
    await job.look(changes(), true);
    expect(reads).toEqual({ all: 1, byId: [2, 1] });
  });

  test('that changes in other ways is read whole every ten minutes', async () => {
    const job = tasks();
    for (let look = 0; look < (30 * MINUTE) / (5 * SECOND); look += 1) {
      await job.look(changes([], [], false), true);
      now += 5 * SECOND;
    }
    expect(reads.all).toBe(3);
  });

  test('of which more changed than is read by id waits to be read whole', async () => {
    const job = tasks();
    await job.look(changes(), true);
    for (const id of rows.keys()) rows.set(id, task(id, 'Suspended'));
    await job.look(changes([], [...rows.keys()].slice(0, 600)), true);
    expect(reads).toEqual({ all: 1, byId: [] });
    now += 10 * MINUTE;
    await job.look(changes(), true);
    expect(reads.all).toBe(2);
    expect(job.rows.get(9_999)?.status).toBe('Suspended');
  });
});

test('a small job without other means is read whole every 15 seconds', async () => {
  rows = new Map([[0, task(0, 'Rendering')]]);
  const job = tasks();
  for (let look = 0; look < 12; look += 1) {
    await job.look(changes([], [], false), true);
    now += 5 * SECOND;
  }
  expect(reads.all).toBe(4);
});

test('of a job that nobody looks at, only the first tasks are held, and not all read again', async () => {
  const job = tasks(4_000);
  await job.look(changes(), false);
  now += 60 * MINUTE;
  await job.look(
    changes([
      [3, 'Rendering'],
      [5_000, 'Rendering'],
    ]),
    false,
  );
  expect(job.isWhole).toBe(false);
  expect(job.rows.size).toBe(4_000);
  expect(reads.all).toBe(1);
});

test('a row that is gone is not held', async () => {
  const job = tasks();
  await job.look(changes([[1, 'Failed']]), true);
  rows.delete(1);
  await job.look(changes(), true);
  expect(job.rows.has(1)).toBe(false);
});
