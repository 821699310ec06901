import { NoIndex } from '../../shared/errors.ts';
import { INDEXES } from '../../shared/indexes.ts';
import { counted } from '../../terminal/read-progress.ts';
import { zoneText } from '../../terminal/short-time.ts';
import type { Cell } from '../../terminal/table.ts';
import { span } from '../../terminal/time.ts';
import { requireIndexes } from '../aws/index-status.ts';
import type { NotificationRows } from '../aws/notification-rows.ts';
import { callName } from '../call-name.ts';
import { Listing, type ListOptions } from '../listing.ts';
import { groupByJob, withDone } from '../rendering/rendering-group.ts';
import { renderingJobsView } from '../rendering/rendering-job-list.ts';
import { type RenderingFilter, RenderingSelection } from '../rendering/rendering-selection.ts';
import { longestOf, type RenderingTask, renderingTasks } from '../rendering/rendering-task.ts';
import { renderingTasksView } from '../rendering/rendering-task-list.ts';
import { open, type Session } from '../session.ts';

export interface RenderingOptions extends RenderingFilter, ListOptions {
  /** Lists jobs, not tasks. */
  readonly by?: 'job';
  /** No limit if not set. */
  readonly limit?: number;
}

/** Lists the tasks that render, or their jobs, longest first. */
export async function rendering(session: Session, options: RenderingOptions): Promise<number> {
  const selection = new RenderingSelection(options, session.now);
  const print = (options.by ? jobList : taskList)(session, options, selection);
  const { stack, rows } = await open(session);
  if (stack.Rendering === 'off') {
    throw new NoIndex(
      `No index for what renders. Set \`rendering: on\`, deploy, then run \`${callName()} backfill-index\`.`,
    );
  }
  await requireIndexes(stack, session, [INDEXES.rendering]);
  const count = await print(selection.of(counted(renderingTasks(rows))), rows);
  if (count === 0) console.error(selection.nothingText());
  const leftOut = selection.leftOutText();
  if (leftOut !== undefined) console.error(leftOut);
  return 0;
}

type Print = (tasks: AsyncIterable<RenderingTask>, rows: NotificationRows) => Promise<number>;

function taskList(
  session: Session,
  options: RenderingOptions,
  selection: RenderingSelection,
): Print {
  const listing = new Listing(renderingTasksView(session, options.all), options, session);
  const { limit, sort } = options;
  return async (tasks) => {
    // One more than is shown, to say that there are more.
    const most = limit === undefined || sort ? Infinity : limit + 1;
    return listing.print(await longestOf(tasks, most), {
      limit,
      title: (shown) => title('Rendering', shown, selection, options, session),
      moreText: () =>
        `${moreText(listed(selection, options) - (limit ?? 0))} By job with --by job.`,
      fewer: 'use --longer-than',
    });
  };
}

function jobList(
  session: Session,
  options: RenderingOptions,
  selection: RenderingSelection,
): Print {
  const listing = new Listing(renderingJobsView(session, options.all), options, session);
  const { limit, sort, columns } = options;
  return async (tasks, rows) => {
    const jobs = await groupByJob(tasks);
    const shown = jobs.slice(0, limit === undefined || sort ? Infinity : limit);
    const isCounted = columns === undefined || listing.shows('done');
    const all = isCounted ? withDone(shown, rows) : shown;
    const count = await listing.print(all, {
      limit,
      title: (some) => title('Rendering by job', some, selection, options, session),
    });
    if (!sort && shown.length < jobs.length) console.error(moreText(jobs.length - shown.length));
    return count;
  };
}

/** How many tasks are listed without a limit. */
function listed({ selected, ghosts }: RenderingSelection, { all }: RenderingFilter): number {
  return selected + (all ? ghosts : 0);
}

function moreText(more: number): string {
  return `There ${more === 1 ? 'is 1' : `are ${more.toLocaleString('en-US')}`} more: raise --limit.`;
}

/** What a list is, in several forms, the longest first. */
function title(
  what: string,
  shown: readonly Pick<RenderingTask, 'since'>[],
  selection: RenderingSelection,
  { longerThan, sort }: RenderingOptions,
  session: Session,
): Cell {
  const longer = longerThan === undefined ? '' : ` for more than ${span(longerThan)}`;
  const text = `${what}${longer}: ${selection.text()}`;
  const zone = zoneText(
    shown.map(({ since }) => since),
    session,
  );
  return [
    `${text}${sort ? '' : ', longest first'}. Times in ${zone}.`,
    `${text}, times in ${zone}`,
    text,
  ];
}
