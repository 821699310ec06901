import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jobSummary } from '../../../../src/cli/aws/row-summary.ts';
import { LongestTasks } from '../../../../src/cli/report/longest-tasks.ts';
import type { MeasuredTask } from '../../../../src/cli/statistics/measured-task.ts';

const job = jobSummary({ job_id: 'one', job_details: { JobName: 'its name', UserName: '' } });

test('keeps those that rendered longest, the first of those that rendered as long', () => {
  const times = fc.array(fc.option(fc.bigInt(0n, 9n), { nil: undefined }));
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 5 }), (all, most) => {
      const kept = new LongestTasks(most);
      for (const [task, rendered] of all.entries()) {
        kept.add(job, { task, rendered, frames: '7-7' } as MeasuredTask);
      }
      const expected = all
        .map((rendered, task) => ({ task, seconds: Number(rendered ?? 0n) / 10_000_000 }))
        .filter(({ seconds }) => seconds > 0)
        .sort((a, b) => b.seconds - a.seconds)
        .slice(0, most);
      expect(kept.all.map(({ task, renderSeconds: seconds }) => ({ task, seconds }))).toEqual(
        expected,
      );
    }),
  );
});

test('says whose it was, and what is not known', () => {
  const kept = new LongestTasks(1);
  kept.add(job, { task: 3, rendered: 20_000_000n, frames: '7-7' } as MeasuredTask);
  expect(kept.all).toEqual([
    {
      ...{ job: 'one', name: 'its name', user: null, task: 3, frames: '7', worker: null },
      ...{ status: null, renderSeconds: 2 },
    },
  ]);
});
