import { expect, test } from 'vitest';
import { toSelection } from '../../../../src/alerts/gather/alert-selection.ts';
import { factsOfStop, unknownJob } from '../../../../src/alerts/gather/facts-of-job.ts';
import { ALERT_FILTERS } from '../../../../src/shared/alerts/alert.ts';
import { alertThat, jobThat, rowOf, taskThat } from '../../../support/alert-batches.ts';

const JOB_FILTERS = ALERT_FILTERS.filter((filter) => filter !== 'worker');

test('an unknown job fits every filter', () => {
  for (const filter of JOB_FILTERS) {
    expect(toSelection(alertThat({ [filter]: 'anything' })).hasJob(unknownJob('j'))).toBe(true);
  }
});

test.for([
  ['job', 'J_LIGHT*', 'j_comp*'],
  ['user', 'lighting-?', 'comp-?'],
  ['department', ['fx', 'lighting'], 'fx'],
  ['plugin', 'katana', 'Nuke'],
  ['pool', '*', 'none'],
  ['batch', 'sq0*', ['sq1*', 'sq2*']],
] as const)(
  'a job fits the filter %s in any case, as a whole, by one of its patterns',
  ([name, fitting, other]) => {
    const selection = (patterns: unknown) => toSelection(alertThat({ [name]: patterns }));
    expect(selection(fitting).hasJob(rowOf('j'))).toBe(true);
    expect(selection(other).hasJob(rowOf('j'))).toBe(false);
    expect(selection(fitting).asksForJob).toBe(true);
  },
);

test('all filters must fit', () => {
  const { hasJob } = toSelection(alertThat({ user: 'lighting-4', plugin: 'Nuke' }));
  expect(hasJob(rowOf('j'))).toBe(false);
  expect(hasJob(rowOf('j', { plugin: 'Nuke' }))).toBe(true);
});

test('a job that has stopped without a department or a batch has none, and fits only all', () => {
  const empty = { name: '', user: '', department: '', plugin: '', pool: '', batch: '' };
  const stopped = factsOfStop(jobThat('job-failed', 'j', 60, empty));
  for (const filter of JOB_FILTERS) {
    const isOptional = filter === 'department' || filter === 'batch';
    expect(toSelection(alertThat({ [filter]: 'a*' })).hasJob(stopped)).toBe(!isOptional);
    expect(toSelection(alertThat({ [filter]: '*' })).hasJob(stopped)).toBe(true);
  }
});

test('a worker is that of a task: it selects no job, and fits where it is not known', () => {
  const alert = alertThat({ when: ['job-failed', 'task-failed'], worker: 'render-03?' });
  const { hasTransition, asksForJob } = toSelection(alert);
  const on = (worker: string | null) => taskThat('task-failed', 'j', 1, 60, { worker });
  expect(hasTransition(on('RENDER-034'))).toBe(true);
  expect(hasTransition(on('render-007'))).toBe(false);
  expect(hasTransition(on(null))).toBe(true);
  expect(hasTransition(on(''))).toBe(true);
  expect(hasTransition(jobThat('job-failed', 'j'))).toBe(false);
  expect(hasTransition(taskThat('task-requeued', 'j', 1))).toBe(false);
  expect(asksForJob).toBe(false);
});
