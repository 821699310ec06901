import { parseTimeSpan } from '../shared/run-time.ts';
import type { JobSummary, TaskSummary } from './aws/row-summary.ts';
import { COMPLETED, RENDERING } from './status.ts';

/** Deadline sends once a minute, in ms: what was sent later than that after a job's stop happened after it. */
export const SENDING = 60_000;

/** How long a job ran until it stopped, in ms; `undefined` if it is not known. */
export function ranFor({ status, started, completed, sent }: JobSummary): number | undefined {
  const end = (status === COMPLETED ? completed : undefined) ?? sent;
  if (started === undefined || end === undefined || end < started) return undefined;
  return end - started;
}

/** The earliest time at which a task of a job that stopped can have failed, in ms since the epoch. */
export function beginning({ started, submitted, sent }: JobSummary): number {
  return Math.min(started ?? submitted ?? Infinity, sent ?? Infinity);
}

/** How long before it was sent a start can be, in ms: Deadline sends once a minute. */
const DAY = 24 * 60 * 60 * 1_000;

/**
 * When a task started, in ms since the epoch: by the worker's clock, unless that is wrong. A task started before
 * SQS received that it did, and not days before.
 */
export function taskStart({ started, sent }: TaskSummary): number | undefined {
  if (started === undefined || sent === undefined) return started ?? sent;
  return sent - DAY <= started && started <= sent ? started : sent;
}

/**
 * How long a task rendered or, while it renders, has rendered, in ms; `undefined` if it is not known. Deadline
 * sends no render time with a start.
 *
 * @param now in ms since the epoch
 * @param stopped when its job's stop was sent: a task that started before does not render anymore
 */
export function taskRanFor(
  task: TaskSummary,
  now: number,
  stopped: number | undefined,
): number | undefined {
  if (task.status !== RENDERING) return parseTimeSpan(task.renderTime);
  const isOver = stopped !== undefined && (task.sent === undefined || task.sent < stopped);
  const start = taskStart(task);
  return start === undefined || isOver ? undefined : Math.max(0, now - start);
}
