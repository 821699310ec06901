import type { Lookups } from '../../src/alerts/gather/gather.ts';
import { lastOfTasks } from '../../src/alerts/gather/last-of-tasks.ts';
import type { JobFacts } from '../../src/alerts/message/alert-message.ts';
import { type Alert, parseAlerts } from '../../src/shared/alerts/alert.ts';
import type { JobTransition, Transition } from '../../src/shared/history-entry.ts';
import { jobTransition, taskTransition } from './transition-samples.ts';

/** When the batches of these tests come, in ms since the epoch. */
export const NOW = Date.parse('2026-11-25T21:00:00.000Z');

/** A time so many seconds before `NOW`. */
const before = (seconds: number) => new Date(NOW - seconds * 1_000).toISOString();

/** What became of a task, so many seconds ago. */
export function taskThat(
  transition: Transition['transition'],
  job: string,
  task: number,
  seconds = 60,
  fields: Partial<Transition> = {},
): Transition {
  const at = before(seconds);
  const id = `${job}/${at.slice(0, -1)}0000Z#${task}#${transition}#0123abcd`;
  return taskTransition({ id, at, job, task, transition, reason: null, ...fields });
}

/** What became of a job, so many seconds ago. */
export function jobThat(
  transition: Transition['transition'],
  job: string,
  seconds = 60,
  fields: Partial<JobTransition> = {},
): JobTransition {
  const at = before(seconds);
  const id = `${job}/${at.slice(0, -1)}0000Z##${transition}#0123abcd`;
  return jobTransition({ id, at, job, transition, started: null, reason: null, ...fields });
}

/** An alert as it is written, with what a test has of it. */
export function alertThat(fields: object = {}): Alert {
  const parsed = parseAlerts([{ name: 'failures', when: ['task-failed'], to: ['log'], ...fields }]);
  if ('problems' in parsed) throw new Error(parsed.problems.join());
  return parsed.alerts[0] as Alert;
}

/** What a row says of a job. */
export function rowOf(id: string, fields: Partial<JobFacts> = {}): JobFacts {
  return {
    id,
    name: `${id}_lighting`,
    user: 'lighting-4',
    department: 'lighting',
    plugin: 'Katana',
    pool: 'lighting',
    batch: 'sq010',
    tasks: 120,
    from: 'an earlier stop',
    ...fields,
  };
}

/** Tables that have some rows and entries, and what was asked of them. */
export function tablesWith(rows: readonly JobFacts[] = [], entries: readonly Transition[] = []) {
  const asked = { jobs: [] as string[], histories: [] as string[] };
  const lookups: Lookups = {
    async jobs(ids) {
      asked.jobs.push(...ids);
      return new Map(rows.filter(({ id }) => ids.has(id)).map((row) => [row.id, row]));
    },
    async lastOfTasks(job) {
      asked.histories.push(job);
      return lastOfTasks(entries.filter((entry) => entry.job === job));
    },
  };
  return { lookups, asked };
}
