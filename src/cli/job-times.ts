import type { JobSummary } from './aws/row-summary.ts';
import { COMPLETED } from './status.ts';

/** How long a job ran until it stopped, in ms; `undefined` if it is not known. */
export function ranFor({ status, started, completed, sent }: JobSummary): number | undefined {
  const end = (status === COMPLETED ? completed : undefined) ?? sent;
  if (started === undefined || end === undefined || end < started) return undefined;
  return end - started;
}
