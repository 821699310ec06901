import type { JobSummary } from '../aws/row-summary.ts';
import { isKnownInPart } from '../statistics/noted-history.ts';

/** How much the history tells of the requeues and the wasted time of jobs. */
type KnownHistory = 'none' | 'part' | 'whole';

/** @param begin of the history, in ms since the epoch; null where it is off */
export function knownHistory(jobs: readonly JobSummary[], begin: number | null): KnownHistory {
  if (begin === null) return 'none';
  if (!isKnownInPart(jobs, begin)) return 'whole';
  return jobs.some(({ sent = -Infinity }) => sent >= begin) ? 'part' : 'none';
}
