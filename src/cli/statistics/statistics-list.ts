import { zoneText } from '../../terminal/short-time.ts';
import type { Cell, Column, Value } from '../../terminal/table.ts';
import {
  bytesText,
  countedText,
  countText,
  hoursText,
  percentText,
  secondsText,
} from '../amount-text.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import { jobColumns, NONE, textColumn } from '../columns.ts';
import type { View } from '../listing.ts';
import type { Session } from '../session.ts';
import { shortSpanText, type TimeSpan } from '../time-span.ts';
import type { Grouping } from './grouping.ts';
import type { Group, Statistics } from './statistics.ts';
import type { Figures } from './totals.ts';

/** A line of the list. */
export interface FiguresRow extends Group {
  /** Where the group is a job. */
  readonly name?: string | undefined;
  /** Whether it is of all groups together. */
  readonly isTotal?: true;
}

/** Groups in the order in which people read them: days and hours as they passed, others by their render time. */
export function rowsOf(
  statistics: Statistics,
  by: Grouping,
  jobs: readonly JobSummary[],
): FiguresRow[] {
  const { groups } = statistics;
  // The jobs, and so the groups of their times, are newest first.
  if (by === 'day' || by === 'hour') return groups.toReversed();
  const names = by === 'job' ? new Map(jobs.map(({ job, name }) => [job, name])) : undefined;
  return groups
    .toSorted(
      (a, b) =>
        (b.figures.renderSeconds ?? -1) - (a.figures.renderSeconds ?? -1) ||
        b.figures.tasks - a.figures.tasks,
    )
    .map((each) => (names ? { ...each, name: names.get(each.group as string) } : each));
}

/** What the list is. */
export function statisticsTitle(
  by: Grouping | undefined,
  { jobs, tasks }: Figures,
  span: TimeSpan,
  session: Session,
): Cell {
  const what = by ? `By ${by}` : 'Statistics';
  const counted = `${countedText(jobs, 'job')} with ${countedText(tasks, 'task')}`;
  const text = `${what}: ${counted} ${shortSpanText(span, session)}`;
  const zone = zoneText([span.since, span.until ?? session.now], session);
  return [`${text}. Times in ${zone}.`, `${text}, in ${zone}`, text];
}

/** Figures, a line a group; without a grouping, of all together. */
export function statisticsView(by: Grouping | undefined, session: Session): View<FiguresRow> {
  const groups = by === undefined ? [] : groupColumns(by, session);
  return {
    columns: [...groups, ...figureColumns()],
    always: [...groups.slice(0, 1).map(({ name }) => name), 'jobs', 'tasks', 'failed', 'rendered'],
    further: ['wasted', 'median', 'p95', 'longest', 'errors', 'ram', 'cpu', 'output'],
    object: ({ group = null, name = null, figures }) => ({
      ...(by && { [by]: group }),
      ...(by === 'job' && { name }),
      ...figures,
    }),
    isCounts: true,
  };
}

function groupColumns(by: Grouping, session: Session): Column<FiguresRow>[] {
  if (by === 'job') {
    const { job, id } = jobColumns<FiguresRow>(
      ({ group = '', name, isTotal }) => ({
        job: isTotal ? '' : group,
        name: isTotal ? TOTAL : name,
      }),
      session,
    );
    return [job, id];
  }
  const isTime = by === 'day' || by === 'hour';
  return [
    {
      ...textColumn<FiguresRow>(by, ({ group }) => group),
      cells: (rows) => rows.map(({ group, isTotal }) => (isTotal ? TOTAL : (group ?? NONE))),
      width: isTime ? [22, 22] : [6, 24],
    },
  ];
}

const TOTAL = 'total';

function figureColumns(): Column<FiguresRow>[] {
  return [
    column('jobs', 'jobs', countText),
    column('tasks', 'tasks', countText),
    column('completed', 'completed', countText),
    column('failed', 'failed', countText),
    column('rendering', 'rendering', countText),
    column('other', 'otherTasks', countText),
    column('rendered', 'renderSeconds', hoursText),
    column('wasted', 'wastedSeconds', hoursText),
    column('mean', 'meanSeconds', secondsText),
    column('median', 'medianSeconds', secondsText),
    column('p95', 'p95Seconds', secondsText),
    column('longest', 'longestSeconds', secondsText),
    column('errors', 'errors', countText),
    column('ram', 'peakRamBytes', bytesText),
    column('cpu', 'cpuPercent', percentText),
    column('output', 'outputBytes', bytesText),
    ...(
      [
        'jobsCompleted',
        'jobsFailed',
        'jobsSuspended',
        'jobsDeleted',
        'renderOf',
        'wastedOf',
        'errorsOf',
        'peakRamOf',
        'cpuOf',
        'outputOf',
        'wastedTries',
      ] as const
    ).map((name) => column(name, name, countText)),
    column('usedCpuClocks', 'usedCpuClocks', String),
    column('availableCpuClocks', 'availableCpuClocks', String),
  ];
}

/** A figure under a short name, for people in units that they read; for programs, it has the name that JSON has, too. */
function column<Name extends keyof Figures>(
  name: string,
  figure: Name,
  text: (value: NonNullable<Figures[Name]>) => string,
): Column<FiguresRow> {
  const known = ({ figures }: FiguresRow) => figures[figure] ?? undefined;
  return {
    name,
    ...(figure !== name && { aka: figure }),
    value: (row): Value => known(row),
    cells: (rows) =>
      rows.map((row) => {
        const value = known(row);
        return value === undefined ? '' : text(value as NonNullable<Figures[Name]>);
      }),
    align: 'right',
  };
}
