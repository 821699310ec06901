import { FAILED } from '../shared/indexes.ts';
import { COMPLETED, RENDERING, SUSPENDED } from './status.ts';

/** The number of a job's tasks by status. Tasks that have not started are not counted. */
export type TaskCounts = ReadonlyMap<string, number>;

/** The number of tasks, whatever their status. */
export function sum(counts: TaskCounts): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

/** What is known of a task, in the words of people; the worst first. */
export const TASK_STATES = [
  'failed',
  'suspended',
  'requeued',
  'other',
  'rendering',
  'nothing came',
  'completed',
] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** A task that was stopped and waits for its next start is queued in Deadline. */
const STATES: ReadonlyMap<string | undefined, TaskState> = new Map([
  [FAILED, 'failed'],
  [SUSPENDED, 'suspended'],
  ['Queued', 'requeued'],
  [RENDERING, 'rendering'],
  [COMPLETED, 'completed'],
]);

export function taskState(status: string | undefined): TaskState {
  return STATES.get(status) ?? 'other';
}

/** A status as people call it within a sentence, such as `requeued`. */
export function statusWord(status: string): string {
  const state = taskState(status);
  return state === 'other' ? status.toLowerCase() : state;
}

/** The counts in the words of people, such as `7` and `failed`; the worst first. */
export function countWords(counts: TaskCounts): { count: number; word: string }[] {
  const rank = (status: string) => TASK_STATES.indexOf(taskState(status));
  return [...counts]
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([status, count]) => ({ count, word: statusWord(status) }));
}

/**
 * Such as `7 of 41 failed, 13 completed, 21 nothing came`: the worst first.
 *
 * @param total how many tasks the job has, if known: it has no row until it first stops
 */
export function tasksText(counts: TaskCounts, total: number | undefined): string {
  const seen = sum(counts);
  const silent = Math.max(0, (total ?? seen) - seen);
  // Tasks can be taken from a job, so there may be more rows than it has tasks.
  const of = total !== undefined && total >= seen ? ` of ${total}` : '';
  const texts = countWords(counts).map(
    ({ count, word }, index) => `${count}${index === 0 ? of : ''} ${word}`,
  );
  if (silent > 0) texts.push(`${silent} nothing came`);
  return texts.join(', ') || 'nothing came';
}
