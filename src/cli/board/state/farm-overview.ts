import { FAILED } from '../../../shared/indexes.ts';
import { parseTimeSpan } from '../../../shared/run-time.ts';
import type { HistoryLevel } from '../../../shared/setting-values.ts';
import type { JobSummary, TaskSummary } from '../../aws/row-summary.ts';
import { failedJobs } from '../../failures/failed-job.ts';
import { taskStart } from '../../job-times.ts';
import { byLength, stoppedAfter } from '../../rendering/rendering-task.ts';
import { COMPLETED } from '../../status.ts';
import type { Arrivals, FarmState, RenderingJob } from './farm-state.ts';
import type { TaskMoment } from './job-history.ts';
import { failedTasksByJob, jobWithFailures, stoppedJob } from './stopped-job.ts';
import { requeuesOf, workerLines } from './worker-tally.ts';

const TEN_MINUTES = 600_000;
/** Stopped jobs that the overview has, at most, and tasks of a job that renders. */
const [MOST_STOPPED, MOST_RENDERING] = [100, 5];

/** What is known of the farm. */
export interface Farm {
  /** In ms since the epoch. */
  readonly since: number;
  readonly until: number;
  /** By id, those that stopped. */
  readonly jobs: ReadonlyMap<string, JobSummary>;
  /** Of other jobs, too. */
  readonly jobOf: (id: string) => JobSummary | undefined;
  readonly failed: ReadonlyMap<string, TaskSummary>;
  readonly failedSince: number;
  /** `undefined` where the setting `rendering` is off. */
  readonly rendering: ReadonlyMap<string, TaskSummary> | undefined;
  /** What is read of the tasks of a job that renders. */
  readonly tasksOf: (job: string) => ReadTasks | undefined;
  readonly level: HistoryLevel;
  /** By job, what the history has. */
  readonly moments: readonly (readonly TaskMoment[])[];
}

/** A job's tasks as far as they are read. */
export interface ReadTasks {
  readonly rows: ReadonlyMap<number | string, TaskSummary>;
  readonly isWhole: boolean;
}

/** The jobs that stopped in the time span, newest first. */
function stoppedJobs({ jobs, since, until }: Farm): JobSummary[] {
  return [...jobs.values()]
    .filter(({ sent = 0 }) => sent >= since && sent <= until)
    .sort(newestFirst);
}

/** The tasks that failed in the time span, and those of jobs that failed in it, newest first. */
export function failedTasks(farm: Farm): TaskSummary[] {
  const broken = stoppedJobs(farm).filter(({ status }) => status === FAILED);
  const listed = new Set(broken.map(({ job }) => job));
  return [...farm.failed.values()]
    .filter(({ sent = 0, job }) => sent >= farm.since || listed.has(job))
    .sort(newestFirst);
}

function newestFirst(a: JobSummary | TaskSummary, b: JobSummary | TaskSummary): number {
  return (b.sent ?? 0) - (a.sent ?? 0);
}

/** The overview of a time span. */
export function farmOverview(farm: Farm): Omit<FarmState, 'status'> {
  const { since, until, level, failedSince } = farm;
  const stopped = stoppedJobs(farm);
  const broken = stopped.filter(({ status }) => status === FAILED);
  const failed = failedTasks(farm);
  const all = failedJobs(
    broken,
    failed.map((task) => ({ task, job: farm.jobOf(task.job) })),
  );
  const failures = failedTasksByJob(failed, failedSince);
  const withFailures = all.map((each) => ({
    isFailed: each.status === FAILED,
    job: jobWithFailures(each.id, each.summary, each.status, each.tasks),
    newest: each.newest ?? 0,
  }));
  const went = withFailures.filter(({ isFailed }) => !isFailed);
  const isInSpan = ({ at }: TaskMoment) => at >= since && at <= until;
  const moments = farm.moments.map((each) => each.filter(isInSpan));
  const requeues = farm.moments.flatMap((each) => requeuesOf(each).filter(isInSpan));
  const rendering = farm.rendering && renderingJobs(farm);
  const [newest] = withFailures.map(({ newest }) => newest).sort((a, b) => b - a);
  const hasHistory = level !== 'off';
  return {
    since,
    until,
    summary: {
      failedTasks: failed.length,
      jobsWithFailures: all.length,
      failedJobs: broken.length,
      requeues: hasHistory ? requeues.length : null,
      requeueWorkers: hasHistory ? new Set(requeues.map(({ worker }) => worker)).size : null,
      stoppedJobs: stopped.length,
      completedJobs: stopped.filter(({ status }) => status === COMPLETED).length,
      renderingTasks: rendering?.reduce((sum, { rendering: count }) => sum + count, 0) ?? null,
      renderingJobs: rendering?.length ?? null,
    },
    arrivals: arrivals(farm, stopped, failed, moments),
    failedJobs: withFailures.filter(({ isFailed }) => isFailed).map(({ job }) => job),
    wentOn: went.sort((a, b) => b.newest - a.newest).map(({ job }) => job),
    stopped: stopped.slice(0, MOST_STOPPED).map((row) => stoppedJob(row, failures)),
    rendering: rendering ?? [],
    workers: workerLines({ ...farm, failed }).map(({ failedByHour: _, ...line }) => line),
    lastFailure: newest || null,
  };
}

/** Jobs of which tasks render, the longest first. Ghosts, whose job stopped after they started, are left out. */
function renderingJobs({ rendering, jobOf, tasksOf }: Farm): RenderingJob[] {
  const live = [...(rendering?.values() ?? [])]
    .filter((task) => !stoppedAfter(jobOf(task.job), task))
    .map((task) => ({ task, since: taskStart(task) }))
    .sort(byLength);
  return [...Map.groupBy(live, ({ task }) => task.job)].map(([job, own]) => {
    const shown = own.slice(0, MOST_RENDERING);
    return {
      job,
      name: jobOf(job)?.name || null,
      rendering: own.length,
      ...completedTasks(tasksOf(job)),
      tasks: shown.map(({ task, since }) => ({
        task: task.task,
        worker: task.worker || null,
        started: since ?? null,
      })),
      more: own.length - shown.length,
      moreSince: own[shown.length]?.since ?? null,
    };
  });
}

function completedTasks(read: ReadTasks | undefined) {
  if (read === undefined) return { completed: null, median: null };
  const completed = [...read.rows.values()].filter(({ status }) => status === COMPLETED);
  const ran = completed
    .map(({ renderTime }) => parseTimeSpan(renderTime))
    .filter((ms) => ms !== undefined)
    .sort((a, b) => a - b);
  const [one, other] = [ran[Math.floor((ran.length - 1) / 2)], ran[Math.floor(ran.length / 2)]];
  const median = one === undefined || other === undefined ? null : (one + other) / 2;
  return { completed: read.isWhole ? completed.length : null, median };
}

/** What came in each ten minutes of the clock. */
function arrivals(
  { since, until, level }: Farm,
  stopped: readonly JobSummary[],
  failed: readonly TaskSummary[],
  moments: readonly (readonly TaskMoment[])[],
): Arrivals[] {
  const first = Math.floor(since / TEN_MINUTES);
  const length = Math.floor(until / TEN_MINUTES) - first + 1;
  const bins = Array.from({ length }, (_, index) => ({
    begin: (first + index) * TEN_MINUTES,
    ...{ count: 0, failedTasks: 0 },
  }));
  const binOf = (time: number | undefined) =>
    time === undefined ? undefined : bins[Math.floor(time / TEN_MINUTES) - first];
  const tasks =
    level === 'all' ? moments.flat().map(({ at }) => at) : failed.map(({ sent }) => sent);
  for (const time of [...stopped.map(({ sent }) => sent), ...tasks]) {
    const bin = binOf(time);
    if (bin) bin.count += 1;
  }
  for (const { sent } of failed) {
    const bin = binOf(sent);
    if (bin) bin.failedTasks += 1;
  }
  return bins;
}
