import { parseTimeSpan } from '../../shared/run-time.ts';
import { zoneText } from '../../terminal/short-time.ts';
import type { Cell } from '../../terminal/table.ts';
import {
  countColumn,
  framesColumn,
  jobColumns,
  nameColumn,
  ranColumn,
  reasonColumn,
  textColumn,
  timeColumn,
} from '../columns.ts';
import type { View } from '../listing.ts';
import type { Session } from '../session.ts';
import { shortSpanText, type TimeSpan } from '../time-span.ts';
import { failedText } from './failed-job-list.ts';
import type { FailedTask } from './failed-task.ts';
import { taskLine } from './failure-lines.ts';

/** What a list of failed tasks is. */
export function failedTasksTitle(
  tasks: readonly FailedTask[],
  span: TimeSpan,
  session: Session,
): Cell {
  const jobs = new Set(tasks.map(({ task }) => task.job)).size;
  const text = `Failed: ${failedText(tasks.length, jobs)} ${shortSpanText(span, session)}`;
  const zone = zoneText(
    tasks.map(({ task }) => task.sent),
    session,
  );
  return [`${text}. Times in ${zone}.`, `${text}, times in ${zone}`];
}

/** Failed tasks, a line each. */
export function failedTasksView(session: Session): View<FailedTask> {
  const { job, id } = jobColumns<FailedTask>(
    (each) => ({ job: each.task.job, name: each.job?.name }),
    session,
  );
  return {
    columns: [
      timeColumn('time', ({ task }) => task.sent, session),
      job,
      { name: 'task', value: ({ task }) => task.task, align: 'right' },
      framesColumn(({ task }) => task.frames),
      textColumn('worker', ({ task }) => task.worker),
      ranColumn('ran', ({ task }) => parseTimeSpan(task.renderTime)),
      countColumn('errors', ({ task }) => task.errors),
      textColumn('user', (each) => (each.job === undefined ? '' : each.job.user)),
      reasonColumn(({ task }) => task.reason),
      id,
      textColumn('plugin', (each) => each.job?.plugin),
      textColumn('department', (each) => each.job?.department),
      textColumn('pool', (each) => each.job?.pool),
      nameColumn('batch', (each) => each.job?.batch),
    ],
    always: ['time', 'job', 'task', 'frames', 'worker'],
    further: ['ran', 'errors', 'user', 'reason'],
    object: taskLine,
  };
}
