import { painted } from '../../terminal/screen.ts';
import type { Column } from '../../terminal/table.ts';
import {
  countColumn,
  framesColumn,
  jobColumns,
  NONE,
  ranColumn,
  textColumn,
  timeColumn,
} from '../columns.ts';
import type { View } from '../listing.ts';
import { NOTHING_CAME } from '../marks.ts';
import type { Session } from '../session.ts';
import type { RenderingTask } from './rendering-task.ts';

/** Tasks that render, a line each. */
export function renderingTasksView(session: Session, hasGhosts = false): View<RenderingTask> {
  const { job, id } = jobColumns<RenderingTask>(
    (each) => ({ job: each.task.job, name: each.job?.name }),
    session,
  );
  return {
    columns: [
      ...sinceColumns<RenderingTask>(session),
      textColumn('worker', ({ task }) => task.worker),
      { name: 'task', value: ({ task }) => task.task, align: 'right' },
      framesColumn(({ task }) => task.frames),
      userColumn<RenderingTask>(),
      ghostColumn(session),
      { ...job, hint: stillRunning },
      id,
      countColumn('errors', ({ task }) => task.errors),
      textColumn('plugin', (each) => each.job?.plugin),
    ],
    always: ['since', 'for', 'worker', 'job', ...(hasGhosts ? ['ghost'] : [])],
    further: ['task', 'frames', 'user'],
    object: ({ task, since, isGhost, job: its }) => ({
      since,
      for: seconds(since, session),
      worker: task.worker,
      job: task.job,
      task: task.task,
      frames: task.frames,
      name: its?.name,
      user: its?.user,
      errors: task.errors,
      started: task.started,
      sent: task.sent,
      ghost: isGhost,
    }),
  };
}

interface OfJob {
  readonly job: RenderingTask['job'];
}

/** The user of a job, which is known once it has stopped; empty where none is known. */
export function userColumn<Row extends OfJob>(): Column<Row> {
  return {
    ...textColumn('user', ({ job }) => job?.user),
    cells: (rows) => {
      const isKnown = rows.some(({ job }) => job !== undefined);
      return rows.map(({ job }) => (isKnown ? job?.user || NONE : ''));
    },
  };
}

/** Said where a job that has not stopped yet is shown by its id. */
export function stillRunning(rows: readonly OfJob[]): string | undefined {
  return rows.some(({ job }) => !job?.name) ? 'named when it stops' : undefined;
}

/** When something started to render, and for how long it has. */
export function sinceColumns<Row extends Pick<RenderingTask, 'since'>>(
  session: Session,
): [Column<Row>, Column<Row>] {
  return [
    timeColumn('since', ({ since }) => since, session),
    ranColumn('for', ({ since }) => lengthOf(since, session)),
  ];
}

/** In ms. The clocks of SQS and of this machine may differ. */
function lengthOf(since: number | undefined, { now }: Session): number | undefined {
  return since === undefined ? undefined : Math.max(0, now - since);
}

/** How long something has rendered, in whole s. */
export function seconds(since: number | undefined, session: Session): number | undefined {
  const ms = lengthOf(since, session);
  return ms === undefined ? undefined : Math.round(ms / 1_000);
}

/** What became of the job that stopped after the task started. */
function ghostColumn({ screen }: Session): Column<RenderingTask> {
  const text = ({ isGhost, job }: RenderingTask) => (isGhost ? `job ${job?.status}` : undefined);
  return {
    name: 'ghost',
    value: text,
    cells: (rows) => rows.map((row) => (row.isGhost ? `${NOTHING_CAME.symbol} ${text(row)}` : '')),
    paint: (cell) => painted(screen, NOTHING_CAME.style, cell),
  };
}
