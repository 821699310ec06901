import { counted } from '../../terminal/read-progress.ts';
import { countedText } from '../amount-text.ts';
import type { NotificationRows } from '../aws/notification-rows.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import type { TimeSpan } from '../time-span.ts';

/** The jobs of a span, newest first. Says how many rows are left out, as it is not known when they stopped. */
export async function stoppedJobs(rows: NotificationRows, span: TimeSpan): Promise<JobSummary[]> {
  const all = await Array.fromAsync(counted(rows.jobs(span)));
  const jobs = all.filter(({ sent }) => sent !== undefined);
  if (jobs.length < all.length) console.error(leftOutText(all.length - jobs.length));
  return jobs;
}

/** Says that so many jobs are left out, as it is not known when they stopped. */
export function leftOutText(jobs: number): string {
  const they = jobs === 1 ? 'it' : 'they';
  return `Left out: ${countedText(jobs, 'job')} of which it is not known when ${they} stopped.`;
}
