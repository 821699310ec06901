import { FAILED } from '../../shared/indexes.ts';
import { runTime } from '../../shared/run-time.ts';
import { elideRanges } from '../../terminal/elide.ts';
import { longestThatFits } from '../../terminal/table.ts';
import { jobSummary, taskSummary } from '../aws/row-summary.ts';
import {
  countColumn,
  framesColumn,
  jobColumns,
  paintedCount,
  ranColumn,
  reasonColumn,
  statusColumn,
  textColumn,
  timeColumn,
} from '../columns.ts';
import { ranFor } from '../job-times.ts';
import type { View } from '../listing.ts';
import { markedText, markOf } from '../marks.ts';
import type { Session } from '../session.ts';
import { COMPLETED, SUSPENDED } from '../status.ts';
import { eventObject, type FarmEvent, rowOf } from './farm-event.ts';

/** Such as `137 failed`. */
const LEAST_TEXT = 10;

/** Columns of the shortest frames that are worth showing. */
const LEAST_FRAMES = 9;

/**
 * How a watch shows what happens.
 *
 * @param isOneJob all of it is about one job, which no row has to name
 */
export function watchView(session: Session, isOneJob: boolean): View<FarmEvent> {
  // A watch goes on for hours, and a time is as short as it can be when it is shown.
  const view = {
    ...session,
    get now() {
      return Date.now();
    },
  };
  const { job, id } = jobColumns<FarmEvent>(
    (event) => ({ job: rowOf(event).job, name: event.job?.name }),
    session,
  );
  const status = statusColumn<FarmEvent>((event) => rowOf(event).status, session);
  return {
    columns: [
      timeColumn('time', (event) => rowOf(event).sent, view, true),
      { ...status, cells: (events) => events.map((event) => statusCell(event, isOneJob)) },
      job,
      { name: 'task', value: ({ task }) => task?.task, align: 'right' },
      framesColumn((event) => rowOf(event).frames),
      textColumn('worker', ({ task }) => task?.worker),
      countColumn('errors', (event) => rowOf(event).errors),
      ranColumn('ran', ({ task, job }) => (task === undefined ? ranFor(job) : undefined)),
      textColumn('user', ({ job }) => job?.user),
      textColumn('plugin', ({ job }) => job?.plugin),
      reasonColumn((event) => rowOf(event).reason),
      id,
    ],
    always: isOneJob ? ['time', 'status'] : ['time', 'status', 'job'],
    further: ['task', 'frames', 'worker'],
    instead: {
      from: 'task',
      least: LEAST_TEXT,
      text: stopText,
      paint: (text, event) =>
        event.task === undefined && event.failed?.count ? paintedCount(text, session.screen) : text,
    },
    object: eventObject,
  };
}

/** A job's status is told from that of its tasks. On the farm, tasks only fail. */
function statusCell(event: FarmEvent, isOneJob: boolean): string {
  const { status } = rowOf(event);
  const isPlain = event.task !== undefined || (!isOneJob && status !== FAILED);
  if (status === undefined || isPlain) return markedText(status);
  return `${markOf(status).symbol} Job ${status.toLowerCase()}`;
}

/** How a job stopped: `7 of 41 failed, 1027-1040`, or `75 tasks, ran 38:36`. */
function stopText(event: FarmEvent, width: number): string | undefined {
  if (event.task !== undefined) return undefined;
  const { job, failed } = event;
  const { tasks } = job;
  if (failed === undefined || failed.count === 0) {
    const count = tasks === undefined ? '' : `${tasks} ${tasks === 1 ? 'task' : 'tasks'}`;
    const ran = runTime(ranFor(job));
    return longestThatFits([joined(count, ran && `ran ${ran}`), count], width);
  }
  const counts = `${failed.count}${tasks === undefined ? '' : ` of ${tasks}`} failed`;
  const room = width - counts.length - 2;
  const frames = room < LEAST_FRAMES ? '' : elideRanges(failed.frames, room);
  return longestThatFits([joined(counts, frames), `${failed.count} failed`], width);
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}

/** Events as wide as most that come: the columns of a watch are laid out before any is known. */
export function typicalEvents(since: number): FarmEvent[] {
  const task = taskSummary({
    job_id: '5f2eec286ad75c0c9cca7fbc',
    task_id: 1_000,
    sent_timestamp: since,
    task_details: {
      Status: FAILED,
      FrameRange: '1001-1010',
      WorkerName: 'render-001',
      NumberOfErrors: 1,
    },
  });
  const job = (JobStatus: string) =>
    jobSummary({
      job_id: task.job,
      sent_timestamp: since,
      notification_info: { Name: 'JobStoppedNotification' },
      job_details: { JobName: 'sq010_sh0010_animation_v001', UserName: 'lighting-1', JobStatus },
    });
  const jobs = [FAILED, COMPLETED, SUSPENDED].map((status) => ({ job: job(status) }));
  return [{ task, job: undefined }, ...jobs];
}
