import { joinFrames } from '../../shared/frames.ts';
import { tally } from '../../shared/tally.ts';
import { tellingReason } from '../../shared/telling-reason.ts';
import type { FailedJob } from '../failures/failed-job.ts';
import { sum } from './report-figures.ts';
import type { Report, ReportedJob } from './report-model.ts';
import { moreText } from './report-words.ts';

/** The most jobs that a report names. */
const MOST = 15;

/** The failed jobs and those with failed tasks, as they are listed. */
export function listedJobs(jobs: readonly FailedJob[]): Report['failed'] {
  const left = jobs.slice(MOST);
  const tasks = sum(left.map((each) => each.tasks.length));
  return {
    jobs: jobs.slice(0, MOST).map(reportedJob),
    more: moreText(left.length, 'job', tasks),
  };
}

function reportedJob({ id, status, summary, tasks, newest }: FailedJob): ReportedJob {
  const [[reason] = []] = tally(tasks.map((each) => tellingReason(each.reason)).filter(Boolean));
  return {
    job: id,
    name: summary?.name || null,
    status,
    user: summary?.user || null,
    department: summary?.department || null,
    plugin: summary?.plugin || null,
    newest: newest ?? null,
    tasks: summary?.tasks ?? null,
    failedTasks: tasks.map(({ task }) => task),
    frames: joinFrames(tasks.map(({ frames }) => frames)),
    reason: (reason ?? tellingReason(summary?.reason)) || null,
    workers: tally(tasks.flatMap(({ worker }) => worker || [])),
  };
}
