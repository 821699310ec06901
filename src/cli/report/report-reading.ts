import type { JobSummary } from '../aws/row-summary.ts';
import type { FailedTask } from '../failures/failed-task.ts';
import type { Report } from './report-model.ts';
import type { SpanCount } from './span-count.ts';

/** What was read of a span. */
export interface SpanReading {
  /** Those that stopped in it. */
  readonly jobs: readonly JobSummary[];
  /** Tasks that failed in it, and all that failed of jobs that failed in it; newest first. */
  readonly failed: readonly FailedTask[];
  readonly count: SpanCount;
}

/** What was read of the span before. */
export interface EarlierReading {
  readonly jobs: readonly JobSummary[];
  /** How many failed in it, and of jobs that failed in it, but those that the span has. */
  readonly failedTasks: number;
  readonly count: SpanCount;
}

/** What is not known. Times are in ms since the epoch. */
export interface Unknowns {
  readonly retentionDays: number | undefined;
  /** Since when there are rows, if that is after the span's begin. */
  readonly rowsSince: number | undefined;
  /** Since when the history is there; null where it is off. */
  readonly historySince: number | null;
  /** Why the span before is not known: its rows are gone, or the first job stopped in it or later. */
  readonly before: 'expired' | 'none' | { readonly first: number } | undefined;
}

/** What a report is of. */
export interface ReportFacts {
  readonly stack: string;
  readonly by: Report['shares']['by'];
  readonly now: { readonly since: number; readonly until: number };
  readonly earlier: { readonly since: number; readonly until: number };
  readonly unknowns: Unknowns;
}
