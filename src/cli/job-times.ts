import { parseTimeSpan } from '../terminal/run-time.ts';
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

/**
 * How long a task rendered or, while it renders, has rendered, in ms; `undefined` if it is not known. Deadline
 * sends no render time with a start.
 *
 * @param now in ms since the epoch
 * @param stopped when its job's stop was sent: a task that started before does not render anymore
 */
export function taskRanFor(
  { status, started, renderTime, sent }: TaskSummary,
  now: number,
  stopped: number | undefined,
): number | undefined {
  if (status !== RENDERING) return parseTimeSpan(renderTime);
  const isOver = stopped !== undefined && (sent ?? 0) <= stopped + SENDING;
  return started === undefined || isOver ? undefined : Math.max(0, now - started);
}
