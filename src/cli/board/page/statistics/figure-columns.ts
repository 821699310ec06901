import { bytesText, hoursText, percentText, secondsText } from '../../../amount-text.ts';
import type { Grouping } from '../../../statistics/grouping.ts';
import { count, counted, UNKNOWN } from '../page-format.ts';
import { readSortBy, type Sort, type SortColumn } from '../sorted-rows.ts';
import { isTimeGrouping, timeOfGroup } from './group-text.ts';
import type { ParsedFigures, ParsedGroup } from './parsed-statistics.ts';

/** A column of figures. */
export interface FigureColumn extends SortColumn<ParsedGroup> {
  /** For people; a dash for what is not known. */
  readonly text: (figures: ParsedFigures) => string;
  /** How many tasks told it; undefined if all do. */
  readonly of?: (figures: ParsedFigures) => number;
}

/** A value for people; a dash if it is not known. */
export function knownText(value: number | null, text: (value: number) => string): string {
  return value === null ? UNKNOWN : text(value);
}

/** How many tasks told a figure, if not all did. */
export function ofTasks(of: number, tasks: number): string {
  return of < tasks ? `of ${counted(of, 'task')}` : '';
}

function column(
  name: string,
  head: string,
  figure: keyof ParsedFigures,
  text: (value: number) => string,
  of?: keyof ParsedFigures,
): FigureColumn {
  return {
    ...{ name, head, isNumber: true, by: ({ figures }) => figures[figure] },
    text: (figures) => knownText(figures[figure], text),
    ...(of && { of: (figures) => figures[of] ?? 0 }),
  };
}

/** In their order from the left, after the group. */
export const FIGURE_COLUMNS: readonly FigureColumn[] = [
  column('jobs', 'jobs', 'jobs', count),
  column('tasks', 'tasks', 'tasks', count),
  column('failed', 'failed', 'failed', count),
  column('rendered', 'render time', 'renderSeconds', hoursText, 'renderOf'),
  column('wasted', 'wasted', 'wastedSeconds', hoursText),
  column('median', 'median', 'medianSeconds', secondsText),
  column('p95', '95 % within', 'p95Seconds', secondsText),
  column('longest', 'longest', 'longestSeconds', secondsText),
  column('errors', 'errors', 'errors', count, 'errorsOf'),
  column('ram', 'peak RAM', 'peakRamBytes', bytesText, 'peakRamOf'),
  column('cpu', 'CPU', 'cpuPercent', percentText, 'cpuOf'),
  column('output', 'output', 'outputBytes', bytesText, 'outputOf'),
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
