import { expect, test } from 'vitest';
import { taskSummary } from '../../../../src/cli/aws/row-summary.ts';
import { taskOverview } from '../../../../src/cli/job/task-overview.ts';

async function* rows(...all: Parameters<typeof taskSummary>[0][]) {
  for (const row of all) yield taskSummary({ job_id: 'j', ...row });
}
const task = (task_id: unknown, Status: string, details: object = {}, sent_timestamp = 1_000) => ({
  task_id,
  sent_timestamp,
  task_details: { Status, ...details },
});

test('joins the frames, ids, and workers of failed tasks', async () => {
  const { failed, counts, newest, ends } = await taskOverview(
    rows(
      task(0, 'Failed', { FrameRange: '1-2', WorkerName: 'a' }),
      task(1, 'Failed', { FrameRange: '3-4', WorkerName: 'b' }),
      task(2, 'Completed', { FrameRange: '5-6', WorkerName: 'b' }, 5_000),
      task(3, 'Failed', { FrameRange: '9', WorkerName: 'b' }),
      task(4, 'Failed', { FrameRange: '1-100x5' }),
    ),
    undefined,
  );
  expect(failed).toEqual({
    frames: '1-4, 9, 1-100x5',
    tasks: '0-1, 3-4',
    workers: [
      ['b', 2],
      ['a', 1],
      ['not known', 1],
    ],
  });
  expect(counts).toEqual(
    new Map([
      ['Failed', 4],
      ['Completed', 1],
    ]),
  );
  expect([newest, ends]).toEqual([5_000, ['1-2', '1-100x5']]);
});

test('only whole ids have a place in the strip', async () => {
  const odd = [-1, 1.5, 2e9];
  const { states, counts } = await taskOverview(
    rows(task(1, 'Queued'), ...odd.map((id) => task(id, 'Failed'))),
    undefined,
  );
  expect(states).toEqual([undefined, 'requeued']);
  expect(Object.keys(states)).toEqual(['1']);
  expect(counts.get('Failed')).toBe(3);
});

test('a task that renders by a start of over a minute after the stop renders again', async () => {
  const all = rows(
    task(0, 'Rendering', {}, 100_000),
    task(1, 'Rendering', {}, 160_000),
    task(2, 'Rendering', {}, 160_001),
    task(3, 'Completed', {}, 500_000),
  );
  expect(await taskOverview(all, 100_000)).toMatchObject({ again: 1 });
  expect(await taskOverview(rows(task(0, 'Rendering', {}, 9e9)), undefined)).toMatchObject({
    again: 0,
  });
});

test('the frames of many failed tasks are joined as they come', async () => {
  async function* many() {
    for (let id = 0; id < 5_000; id += 1)
      yield taskSummary({ job_id: 'j', ...task(id, 'Failed', { FrameRange: `${id}-${id}` }) });
  }
  const { failed } = await taskOverview(many(), undefined);
  expect(failed).toMatchObject({ frames: '0-4999', tasks: '0-4999' });
});
