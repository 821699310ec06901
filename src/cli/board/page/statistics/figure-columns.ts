import { bytesText, hoursText } from '../../../amount-text.ts';
import type { Grouping } from '../../../statistics/grouping.ts';
import { count, duration, UNKNOWN } from '../page-format.ts';
import { readSortBy, type Sort, type SortColumn } from '../sorted-rows.ts';
import { isTimeGrouping, timeOfGroup } from './group-text.ts';
import type { ParsedFigures, ParsedGroup } from './parsed-statistics.ts';

/** A column of figures. */
export interface FigureColumn extends SortColumn<ParsedGroup> {
  /** For people; a dash for what is not known. */
  readonly text: (figures: ParsedFigures) => string;
  /** How many tasks told it, if not all did. */
  readonly of?: (figures: ParsedFigures) => number;
}

const seconds = (value: number | null) => duration(value === null ? null : value * 1000);
const known = (value: number | null, text: (value: number) => string) =>
  value === null ? UNKNOWN : text(value);

function column(
  name: string,
  head: string,
  figure: (figures: ParsedFigures) => number | null,
  text: (value: number | null) => string,
  of?: (figures: ParsedFigures) => number,
): FigureColumn {
  return {
    ...{ name, head, isNumber: true, by: ({ figures }) => figure(figures) },
    text: (figures) => text(figure(figures)),
    ...(of && { of }),
  };
}

/** In their order from the left, after the group. */
export const FIGURE_COLUMNS: readonly FigureColumn[] = [
  column('jobs', 'jobs', (each) => each.jobs, count),
  column('tasks', 'tasks', (each) => each.tasks, count),
  column('failed', 'failed', (each) => each.failed, count),
  column(
    ...(['rendered', 'render time', (each: ParsedFigures) => each.renderSeconds] as const),
    (value) => known(value, hoursText),
    (each) => each.renderOf,
  ),
  column(
    'wasted',
    'wasted',
    (each) => each.wastedSeconds,
    (value) => known(value, hoursText),
  ),
  column('median', 'median', (each) => each.medianSeconds, seconds),
  column('p95', '95 % within', (each) => each.p95Seconds, seconds),
  column('longest', 'longest', (each) => each.longestSeconds, seconds),
  column(
    'errors',
    'errors',
    (each) => each.errors,
    count,
    (each) => each.errorsOf,
  ),
  column(
    ...(['ram', 'peak RAM', (each: ParsedFigures) => each.peakRamBytes] as const),
    (value) => known(value, bytesText),
    (each) => each.peakRamOf,
  ),
  column(
    ...(['cpu', 'CPU', (each: ParsedFigures) => each.cpuPercent] as const),
    (value) => known(value, (percent) => `${Math.round(percent)} %`),
    (each) => each.cpuOf,
  ),
  column(
    ...(['output', 'output', (each: ParsedFigures) => each.outputBytes] as const),
    (value) => known(value, bytesText),
    (each) => each.outputOf,
  ),
];

/** The column of the groups: by their names, or as time passes. */
export function groupColumn(by: Grouping): SortColumn<ParsedGroup> {
  return {
    name: 'group',
    head: by,
    by: ({ group, name }) => (isTimeGrouping(by) ? timeOfGroup(group) : (name ?? group)),
  };
}

/** Reads the sort of a URL; without one, days and hours as they passed, and of others the largest render time first. */
export function readGroupSort(text: string | null, by: Grouping): Sort {
  const usual = isTimeGrouping(by)
    ? { column: 'group', isDown: false }
    : { column: 'rendered', isDown: true };
  return readSortBy(text, [groupColumn(by), ...FIGURE_COLUMNS]) ?? usual;
}
