import type { JobSummary } from '../aws/row-summary.ts';
import type { TaskOverview } from './task-overview.ts';

/** All that is known of a job. */
export interface JobReport {
  readonly id: string;
  /** `undefined` until it first stops. */
  readonly found: JobSummary | undefined;
  readonly tasks: TaskOverview;
}

/** When the newest of what is known was sent, in ms since the epoch. */
export function newestTime({ found, tasks }: JobReport): number | undefined {
  const known = [found?.sent, tasks.newest].filter((ms) => ms !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
