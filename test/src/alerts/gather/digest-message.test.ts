import { expect, test } from 'vitest';
import { gather } from '../../../../src/alerts/gather/gather.ts';
import type { DigestMessage, JobFacts } from '../../../../src/alerts/message/alert-message.ts';
import type { Transition } from '../../../../src/shared/history-entry.ts';
import {
  alertThat,
  jobThat,
  NOW,
  rowOf,
  tablesWith,
  taskThat,
} from '../../../support/alert-batches.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const WHEN = { when: ['job-failed', 'task-failed', 'task-requeued'] };

async function digestOf(
  batch: readonly Transition[],
  rows: readonly JobFacts[] = [],
): Promise<DigestMessage> {
  const { lookups } = tablesWith(rows);
  const [message] = await gather(batch, [alertThat(WHEN)], lookups, NOW);
  expect(message?.kind).toBe('digest');
  return message as DigestMessage;
}

/** So many jobs, of which the first has one failed task, the second two, and so on. */
const failures = (jobs: number, fields: (job: number) => Partial<Transition> = () => ({})) =>
  upTo(jobs).flatMap((job) =>
    upTo(job + 1).map((task) => taskThat('task-failed', `j${job}`, task, 60, fields(job))),
  );

test('the ten jobs with the most tasks come first, the others are counted', async () => {
  const digest = await digestOf(failures(34), [rowOf('j33')]);
  expect(digest.worst.map(({ job, tasks }) => [job.name ?? job.id, tasks])).toEqual([
    ...[
      ['j33_lighting', 34],
      ['j32', 33],
      ['j31', 32],
      ['j30', 31],
      ['j29', 30],
    ],
    ...[
      ['j28', 29],
      ['j27', 28],
      ['j26', 27],
      ['j25', 26],
      ['j24', 25],
    ],
  ]);
  expect(digest.more).toEqual({ jobs: 24, tasks: 300 });
  expect(digest).toMatchObject({ transition: 'task-failed', tasks: 595 });
  expect(digest.users).toEqual([['lighting-4', 1]]);
});

test('a job counts once, by its worst transition', async () => {
  const digest = await digestOf([
    ...failures(11),
    jobThat('job-failed', 'j10'),
    taskThat('task-requeued', 'j0', 0, 10),
    taskThat('task-requeued', 'j11', 0),
  ]);
  expect([...digest.counts]).toEqual([
    ['job-failed', 1],
    ['task-failed', 10],
    ['task-requeued', 1],
  ]);
  expect(digest.transition).toBe('job-failed');
  // The task of j0 that failed and was requeued is one.
  expect(digest.tasks).toBe(67);
});

test('of as many tasks, the worse job comes first', async () => {
  const digest = await digestOf([
    ...upTo(11).map((job) => taskThat('task-requeued', `a${job}`, 0)),
    jobThat('job-failed', 'b', 60),
    taskThat('task-failed', 'b', 0),
  ]);
  expect(digest.worst[0]).toMatchObject({ job: { id: 'b' }, tasks: 1 });
});

test.for([
  ['what four in five jobs share', 12, 15, { field: 'plugin', value: 'Nuke', jobs: 12 }],
  ['nothing that fewer share', 11, 15, undefined],
  ['what all share', 15, 15, { field: 'plugin', value: 'Nuke', jobs: 15 }],
] as const)('in common is %s', async ([, sharing, jobs, common]) => {
  const batch = upTo(jobs).map((job) =>
    taskThat('task-failed', `j${job}`, 0, 60, { worker: null }),
  );
  const rows = upTo(jobs).map((job) =>
    rowOf(`j${job}`, {
      plugin: job < sharing ? 'Nuke' : undefined,
      user: `user-${job}`,
      department: `department-${job % 3}`,
    }),
  );
  expect((await digestOf(batch, rows)).common).toEqual(common);
});

test('one failing machine is in common if it had most of the tasks of most jobs', async () => {
  const onOne = await digestOf([
    ...failures(15, () => ({ worker: 'render-021' })),
    taskThat('task-failed', 'j3', 9, 60, { worker: 'render-007' }),
  ]);
  expect(onOne.common).toEqual({ field: 'worker', value: 'render-021', jobs: 15 });
  expect(onOne.workers).toEqual([
    ['render-021', 120],
    ['render-007', 1],
  ]);
  // A farm that fails as a whole: each machine has a task of each job.
  const everywhere = upTo(15).flatMap((job) =>
    upTo(5).map((task) =>
      taskThat('task-failed', `j${job}`, task, 60, { worker: `render-00${task}` }),
    ),
  );
  expect((await digestOf(everywhere)).common).toBeUndefined();
});
