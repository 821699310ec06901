import { joinFrames } from '../../shared/frames.ts';
import { tally } from '../../shared/tally.ts';
import { tellingReason } from '../../shared/telling-reason.ts';
import { countedText } from '../amount-text.ts';
import type { FailedJob } from '../failures/failed-job.ts';
import { sum } from './report-figures.ts';
import type { Report, ReportedJob } from './report-model.ts';

/** The most jobs that a report names. */
const MOST = 15;

export function listedJobs(jobs: readonly FailedJob[]): Report['failed'] {
  const left = jobs.slice(MOST);
  const tasks = sum(left.map((each) => each.tasks.length));
  const more = `${countedText(left.length, 'more job')} with ${countedText(tasks, 'failed task')}.`;
  return {
    jobs: jobs.slice(0, MOST).map(reportedJob),
    more: left.length === 0 ? null : more,
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
