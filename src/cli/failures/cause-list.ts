import { tallyText } from '../../shared/tally.ts';
import { elideMiddle } from '../../terminal/elide.ts';
import { zoneText } from '../../terminal/short-time.ts';
import type { Cell } from '../../terminal/table.ts';
import { countColumn, NONE, textColumn, timeColumn } from '../columns.ts';
import type { View } from '../listing.ts';
import type { Session } from '../session.ts';
import { shortSpanText, type TimeSpan } from '../time-span.ts';
import { CAUSES, type Cause, type CauseGroup, verdict } from './cause.ts';
import type { FailedTask } from './failed-task.ts';
import { jobsCell } from './tally-cells.ts';

/** What a list by cause is. */
export function causesTitle(
  tasks: readonly FailedTask[],
  groups: readonly CauseGroup[],
  cause: Cause,
  span: TimeSpan,
  session: Session,
): Cell {
  const failed = `${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}`;
  const causes = `${groups.length} ${groups.length === 1 ? cause : `${cause}s`}`;
  const text = `Failed by ${cause}: ${failed} ${CAUSES[cause]} ${causes} ${shortSpanText(span, session)}`;
  const zone = zoneText(
    groups.map(({ newest }) => newest),
    session,
  );
  return [
    `${text}. Times in ${zone}.`,
    `${text}, times in ${zone}`,
    `Failed by ${cause}: ${failed}, times in ${zone}`,
  ];
}

/** Whether the failed tasks point to one cause, and how to look further. */
export function causesVerdict(tasks: readonly FailedTask[], cause: Cause): Cell {
  const others = Object.keys(CAUSES)
    .filter((each) => each !== cause)
    .sort();
  const sentence = verdict(tasks, cause);
  return [`${sentence} More by --by ${others.join(', ')}.`, sentence];
}

/** Groups of failed tasks, a line each. */
export function causesView(cause: Cause, session: Session): View<CauseGroup> {
  return {
    columns: [
      {
        ...textColumn<CauseGroup>(cause, ({ key }) => key),
        cells: (groups) => groups.map(({ key }) => key ?? UNKNOWN[cause]),
        width: cause === 'reason' ? [12, 60] : [6, 24],
      },
      countColumn('failed', ({ failed }) => failed),
      {
        name: 'share',
        value: ({ share }) => share,
        cells: (groups) => groups.map(({ share }) => `${Math.round(100 * share)} %`),
        align: 'right',
      },
      countColumn('jobs', ({ jobs }) => jobs.length),
      timeColumn('newest', ({ newest }) => newest, session),
      {
        name: 'in',
        value: (group) => tallyText(jobsOf(group)),
        cells: (groups) =>
          groups.map((group) =>
            jobsCell(jobsOf(group).map(([name, failed]) => [elideMiddle(name, SHOWN), failed])),
          ),
        width: [13, 40],
      },
    ],
    always: [cause, 'failed'],
    further: ['share', 'jobs', 'newest', 'in'],
    object: ({ key = null, ...group }) => ({ [cause]: key, ...group }),
  };
}

/** What is said where it is not known: a task has neither user nor plugin until its job stops. */
const UNKNOWN: Readonly<Record<Cause, string>> = {
  worker: NONE,
  user: 'job still running',
  plugin: 'job still running',
  reason: 'no reason of its own',
};

/** Characters of a job's name among others. */
const SHOWN = 27;

function jobsOf({ jobs }: CauseGroup) {
  return jobs.map(({ job, name, failed }) => [name ?? job, failed] as const);
}

/** Sizes of groups that are named, at most. */
const SIZES = 3;

/** Says how many groups are not shown, and how large they are: `25 more workers: 10 with 2 each, 15 with 1 each.` */
export function moreCausesText(left: readonly CauseGroup[], cause: Cause): Cell {
  const bySize = [...Map.groupBy(left, ({ failed }) => failed)];
  const named = bySize
    .slice(0, SIZES)
    .map(([size, { length }]) => `${length} with ${size}${length === 1 ? '' : ' each'}`);
  const fewer = bySize.slice(SIZES).reduce((sum, [, { length }]) => sum + length, 0);
  if (fewer > 0) named.push(`${fewer} with fewer`);
  const more = `${left.length} more ${left.length === 1 ? cause : `${cause}s`}`;
  const text = `${more}: ${named.join(', ')}.`;
  return [`${text} See --limit, --json.`, text, `${more}. See --limit.`];
}
