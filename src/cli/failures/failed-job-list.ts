import { joinFrames } from '../../shared/frames.ts';
import { FAILED } from '../../shared/indexes.ts';
import { tally, tallyText, UNNAMED } from '../../shared/tally.ts';
import { elideRanges } from '../../terminal/elide.ts';
import { painted } from '../../terminal/screen.ts';
import { shortSpans, zoneText } from '../../terminal/short-time.ts';
import type { Cell } from '../../terminal/table.ts';
import {
  countColumn,
  failedColumn,
  jobColumns,
  nameColumn,
  ranColumn,
  shortIds,
  statusColumn,
  textColumn,
  timeColumn,
} from '../columns.ts';
import { ranFor } from '../job-times.ts';
import type { View } from '../listing.ts';
import { markOf } from '../marks.ts';
import type { Session } from '../session.ts';
import { RENDERING, SUSPENDED } from '../status.ts';
import { shortSpanText, type TimeSpan } from '../time-span.ts';
import type { FailedJob } from './failed-job.ts';
import { workersCell } from './tally-cells.ts';

/** What a list of failed jobs is: how many tasks, in how many jobs, since when. */
export function failedJobsTitle(
  jobs: readonly FailedJob[],
  span: TimeSpan,
  session: Session,
): Cell {
  const tasks = jobs.reduce((sum, job) => sum + job.tasks.length, 0);
  const failed = jobs.filter(({ status }) => status === FAILED).length;
  const suspended = jobs.filter(({ status, tasks }) => status === SUSPENDED && tasks.length === 0);
  const what = `Failed: ${failedText(tasks, jobs.length - suspended.length)}`;
  const text = `${what} ${shortSpanText(span, session)}`;
  const also = suspended.length > 0 ? `, ${suspended.length} more are suspended` : '';
  const zone = zoneText(
    jobs.map(({ newest }) => newest),
    session,
  );
  return [
    `${text}; ${failed} of the jobs failed${also}. Times in ${zone}.`,
    `${text}${also}. Times in ${zone}.`,
    `${text}, times in ${zone}`,
    `${what}, times in ${zone}`,
  ];
}

/** Such as `42 tasks in 12 jobs`. */
export function failedText(tasks: number, jobs: number): string {
  return `${tasks} ${tasks === 1 ? 'task' : 'tasks'} in ${jobs} ${jobs === 1 ? 'job' : 'jobs'}`;
}

/** Failed jobs and those with failed tasks: a line each, and below it the failed frames to paste. */
export function failedJobsView(session: Session): View<FailedJob> {
  const { screen } = session;
  const { job, id } = jobColumns<FailedJob>(
    (each) => ({ job: each.id, name: each.summary?.name }),
    session,
  );
  const errors = countColumn<FailedJob>('errors', ({ summary }) => summary?.errors);
  return {
    columns: [
      {
        ...timeColumn<FailedJob>('time', ({ newest }) => newest, session),
        wider: {
          name: 'since',
          cells: (rows) =>
            shortSpans(
              rows.map(({ oldest, newest }) => [oldest, newest] as const),
              session,
            ),
        },
      },
      statusColumn(({ status }) => status, session),
      job,
      textColumn('user', ({ summary }) => (summary === undefined ? '' : summary.user)),
      failedColumn(
        ({ tasks, summary }) => ({
          failed: tasks.length,
          tasks: summary ? summary.tasks : 'so far',
        }),
        session,
      ),
      textColumn('plugin', ({ summary }) => summary?.plugin),
      ranColumn('ran', ({ summary }) => summary && ranFor(summary)),
      errors,
      {
        name: 'workers',
        value: (row) => tallyText(workersOf(row)) || undefined,
        cells: (rows) => rows.map((row) => workersCell(workersOf(row))),
        width: [13, 33],
      },
      id,
      {
        name: 'frames',
        value: (row) => framesOf(row) || undefined,
        elide: 'ranges',
        width: [9, 40],
      },
      timeColumn('since', ({ oldest }) => oldest, session),
      countColumn('tasks', ({ summary }) => summary?.tasks),
      textColumn('department', ({ summary }) => summary?.department),
      textColumn('pool', ({ summary }) => summary?.pool),
      nameColumn('batch', ({ summary }) => summary?.batch),
    ],
    always: ['time', 'job', 'failed', 'workers'],
    further: ['user', 'since', 'plugin', 'ran', 'errors'],
    sections: {
      column: 'status',
      head: (status, rows) => {
        const { symbol, style } = markOf(status);
        const head = `${symbol} ${SECTION_TEXTS[status] ?? status}`;
        return `${painted(screen, style, head)}  ${rows}`;
      },
    },
    below: {
      column: 'job',
      columns: ['id', 'frames'],
      texts: (rows) => {
        const short = shortIds(rows.map(({ id }) => id));
        return (row, width) => {
          const id = width === Infinity ? row.id : short(row.id);
          const what = row.summary === undefined ? 'job still running, named when it stops' : id;
          const frames =
            framesOf(row) || (row.tasks.length > 0 ? 'frames not known' : 'no task failed');
          return [what, elideRanges(frames, width - what.length - 2)];
        };
      },
    },
  };
}

const SECTION_TEXTS: Readonly<Record<string, string>> = {
  [FAILED]: 'Failed jobs',
  [RENDERING]: 'Still rendering, with failed tasks',
  [SUSPENDED]: 'Suspended',
  Completed: 'Completed, with failed tasks',
  Deleted: 'Deleted, with failed tasks',
};

function workersOf({ tasks }: FailedJob) {
  return tally(tasks.map(({ worker }) => worker || UNNAMED));
}

function framesOf({ tasks }: FailedJob): string {
  return joinFrames(tasks.map(({ frames }) => frames));
}
