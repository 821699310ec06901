import type { Column } from '../../terminal/table.ts';
import { countColumn, jobColumns, textColumn } from '../columns.ts';
import type { View } from '../listing.ts';
import type { Session } from '../session.ts';
import type { RenderingJob } from './rendering-group.ts';
import { seconds, sinceColumns, stillRunning, userColumn } from './rendering-task-list.ts';

/** Jobs with tasks that render, a line each. */
export function renderingJobsView(session: Session, hasGhosts = false): View<RenderingJob> {
  const { job, id } = jobColumns<RenderingJob>(
    (each) => ({ job: each.id, name: each.job?.name }),
    session,
  );
  return {
    columns: [
      ...sinceColumns<RenderingJob>(session),
      countColumn('rendering', ({ rendering }) => rendering),
      countColumn('ghosts', ({ ghosts }) => ghosts),
      DONE,
      userColumn<RenderingJob>(),
      { ...job, hint: stillRunning },
      id,
      textColumn('plugin', (each) => each.job?.plugin),
      countColumn('tasks', (each) => each.job?.tasks),
    ],
    always: ['since', 'for', 'rendering', ...(hasGhosts ? ['ghosts'] : []), 'job'],
    further: ['done', 'user'],
    object: ({ id: jobId, job: its, since, rendering, ghosts, done }) => ({
      since,
      for: seconds(since, session),
      job: jobId,
      name: its?.name,
      user: its?.user,
      rendering,
      ghosts,
      done: done?.completed,
      allCounted: done?.isWhole,
      tasks: its?.tasks,
    }),
  };
}

/** Completed tasks, of all, as in `7 of 41`; of a job that has not stopped, `7 so far`. */
const DONE: Column<RenderingJob> = {
  name: 'done',
  value: ({ done }) => done?.completed,
  cells: (jobs) => {
    const counts = jobs.map(({ done }) => countText(done));
    const digits = Math.max(...counts.map(({ length }) => length));
    return jobs.map(({ job, done }, index) => {
      if (done === undefined) return '';
      const of = job?.tasks === undefined ? 'so far' : `of ${job.tasks}`;
      return `${counts[index]?.padStart(digits)} ${of}`;
    });
  },
};

/** Such as `134`, or `3912+` if there may be more. */
function countText(done: RenderingJob['done']): string {
  return done === undefined ? '' : `${done.completed}${done.isWhole ? '' : '+'}`;
}
