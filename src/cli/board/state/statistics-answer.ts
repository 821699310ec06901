import type { JobSummary } from '../../aws/row-summary.ts';
import { usdOf } from '../../read-cost.ts';
import type { Grouping } from '../../statistics/grouping.ts';
import { isKnownInPart } from '../../statistics/noted-history.ts';
import { estimateRead } from '../../statistics/read-estimate.ts';
import { Statistics } from '../../statistics/statistics.ts';
import { rowsOf } from '../../statistics/statistics-list.ts';
import type { CountedJob, CountedJobs, CountedSource } from './counted-jobs.ts';
import type { StatisticsState } from './farm-state.ts';

/** Which figures are asked for. */
export interface StatisticsQuery {
  /** Of the jobs that stopped in so many hours. */
  readonly hours: number;
  /** Without it, only the total. */
  readonly by?: Grouping;
  /** Whether all is read, whatever it costs. */
  readonly isAgreed?: boolean;
}

type Sums = Pick<StatisticsState, 'total' | 'groups'>;

/** Adds up what is read of jobs; the same sums again as long as nothing is new. */
export class StatisticsAnswers {
  readonly #jobs: Pick<CountedJobs, 'of' | 'historySince'>;
  readonly #level: CountedSource['level'];
  readonly #last = new Map<
    Grouping | undefined,
    { readonly of: readonly number[]; readonly sums: Sums }
  >();

  constructor(jobs: Pick<CountedJobs, 'of' | 'historySince'>, level: CountedSource['level']) {
    this.#jobs = jobs;
    this.#level = level;
  }

  /** @param jobs those of the span, newest first */
  answer(
    jobs: readonly JobSummary[],
    { since, until, by }: { since: number; until: number; by: Grouping | undefined },
  ): Omit<StatisticsState, 'status'> {
    const { counted, leftOut, unread } = this.#jobs.of(jobs);
    const { tasks, units } = estimateRead(unread, this.#level);
    const { historySince = -Infinity } = this.#jobs;
    const isInPart = isKnownInPart(
      counted.map(({ job }) => job),
      historySince,
    );
    return {
      ...{ since, until, by: by ?? null },
      ...{ stopped: jobs.length, read: counted.length, leftOut: leftOut.length },
      unread: unread.length > 0 ? { jobs: unread.length, tasks, units, usd: usdOf(units) } : null,
      historySince: isInPart ? historySince : null,
      ...this.#sums(counted, by),
    };
  }

  #sums(counted: readonly CountedJob[], by: Grouping | undefined): Sums {
    const last = this.#last.get(by);
    const of = counted.map(({ id }) => id);
    if (last && isSame(last.of, of)) return last.sums;
    const sums = sumsOf(counted, by, this.#level !== 'off');
    this.#last.set(by, { of, sums });
    return sums;
  }
}

function sumsOf(
  counted: readonly CountedJob[],
  by: Grouping | undefined,
  hasHistory: boolean,
): Sums {
  const statistics = new Statistics(by, { utc: false, hasHistory });
  for (const { job, tasks, wasted } of counted) {
    const { addTask, addWasted } = statistics.addJob(job);
    tasks.forEach(addTask);
    wasted.forEach(addWasted);
  }
  const jobs = counted.map(({ job }) => job);
  const rows = by === undefined ? [] : rowsOf(statistics, by, jobs);
  return {
    total: statistics.total,
    groups: rows.map(({ group = null, name = null, figures }) => ({ group, name, figures })),
  };
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}
