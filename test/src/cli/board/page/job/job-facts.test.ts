import { expect, test } from 'vitest';
import {
  jobChip,
  jobFacts,
  medianRan,
} from '../../../../../../src/cli/board/page/job/job-facts.ts';
import { taskCells } from '../../../../../../src/cli/board/page/job/task-cells.ts';
import { failedJob, NOW, taskOf } from './job-samples.ts';

const factsOf = (state: ReturnType<typeof failedJob>) =>
  Object.fromEntries(
    jobFacts(state, taskCells(state.tasks, state.job.tasks), 66_000, NOW).map(
      ({ name, value, and = '', more }) => [
        name,
        more === undefined ? `${value}${and}` : `${value} ${more}`,
      ],
    ),
  );

test('the facts of a job that stopped', () => {
  expect(factsOf(failedJob())).toMatchObject({
    ...{ User: 'fx-3', 'Pool, group': 'fx, highmem', Batch: 'none', 'Ran for': '25:35' },
    ...{ Started: expect.stringMatching(/^\d\d:21:48 after 0:09$/), Requeues: '9' },
  });
});

test('what a job has in common with others leads to them, as far back as it stopped', () => {
  const { job, ...state } = failedJob();
  const linksOf = (changes: Partial<typeof job>) => {
    const changed = { ...state, job: { ...job, ...changes } };
    const facts = jobFacts(changed, taskCells(state.tasks, job.tasks), null, NOW);
    return facts.map(({ link }) => link).filter((link) => link !== undefined);
  };
  expect(linksOf({})).toEqual([
    ...['/jobs?user=fx-3', '/jobs?department=fx', '/jobs?plugin=Houdini', '/jobs?pool=fx'],
  ]);
  const stopped = NOW - 30.5 * 3_600_000;
  expect(linksOf({ stopped, user: 'a,b&c', department: '', plugin: null })).toEqual([
    ...['/jobs?since=31h&user=a%5C,b%26c', '/jobs?since=31h&pool=fx'],
  ]);
});

test('what is not known is a dash, and never zero', () => {
  const state = failedJob();
  const unknown = { user: null, errors: null, started: null, submitted: null, ran: null };
  expect(factsOf({ ...state, job: { ...state.job, ...unknown } })).toMatchObject({
    ...{ User: '–', Errors: '–', Started: '–', Submitted: '–', 'Ran for': '–' },
  });
});

test('without the history, requeues are not there', () => {
  const state = failedJob();
  expect(factsOf({ ...state, job: { ...state.job, requeues: null } })).not.toHaveProperty(
    'Requeues',
  );
});

test('a job that goes on tells how far it is', () => {
  const state = failedJob();
  expect(factsOf({ ...state, job: { ...state.job, goesOn: true } })).toMatchObject({
    ...{ 'Median task': '1:06', 'Tasks seen': '20 of 41', 'Renders for': '6:20:21' },
  });
});

test('a job that never stopped has no facts but those of its tasks', () => {
  const state = failedJob();
  const job = { ...state.job, isNamed: false, name: null, tasks: null };
  expect(Object.keys(factsOf({ ...state, job }))).toEqual([
    ...['First task started', 'Median task', 'Tasks seen'],
  ]);
  const cells = taskCells([taskOf(0, { status: 'Rendering' })], null);
  expect(jobChip({ ...state, job }, cells)).toEqual({ mark: 'rendering', word: 'Rendering' });
});

test('the median of completed tasks alone', () => {
  const ran = [30, 10, 20, 40].map((each, id) => taskOf(id, { ran: each }));
  expect(medianRan(ran)).toBe(25);
  expect(medianRan(ran.slice(0, 3))).toBe(20);
  expect(medianRan([...ran, taskOf(9, { status: 'Failed', ran: 1e9 })])).toBe(25);
  expect(medianRan([taskOf(0)])).toBeNull();
});
