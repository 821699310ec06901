import { html } from 'htm/preact';
import { useMemo } from 'preact/hooks';
import type { Grouping } from '../../../statistics/grouping.ts';
import { useFirstRows } from '../first-rows.ts';
import { useLiveList } from '../live-list.ts';
import { count } from '../page-format.ts';
import { type Sort, type SortColumn, sortRows } from '../sorted-rows.ts';
import { Arrow, Mark } from '../status-marks.ts';
import { FIGURE_COLUMNS, type FigureColumn, groupColumn, ofTasks } from './figure-columns.ts';
import { groupPath, groupText } from './group-text.ts';
import type { ParsedGroup } from './parsed-statistics.ts';

/** Rows that are shown at first. */
const FIRST = 200;

/** The figures of each group, with a bar of its render time, and heads to sort by. */
export function FiguresTable({
  groups,
  by,
  sort,
  span,
  now,
  hasHistory,
  onSort,
}: {
  groups: readonly ParsedGroup[];
  by: Grouping;
  sort: Sort;
  /** Of the groups, with its begin in ms since the epoch. */
  span: { readonly hours: number; readonly since: number };
  now: number;
  hasHistory: boolean;
  onSort: (column: SortColumn<ParsedGroup>) => void;
}) {
  const column = groupColumn(by);
  const sorted = useMemo(
    () => sortRows(groups, sort, [column, ...FIGURE_COLUMNS]),
    [groups, by, sort.column, sort.isDown],
  );
  const most = useMemo(() => longestBar(groups), [groups]);
  const list = useLiveList(sorted, ({ group }) => JSON.stringify(group), {
    asked: JSON.stringify([by, span.hours, sort]),
  });
  const { shown, more, showAll } = useFirstRows(list.rows, FIRST);
  const head = (each: SortColumn<ParsedGroup>) =>
    html`<${Head} key=${each.name} column=${each} sort=${sort} onSort=${onSort} />`;
  return html`<table>
      <caption class="said">Figures by ${by}</caption>
      <thead>
        <tr>
          ${head(column)}
          ${FIGURE_COLUMNS.map((each) =>
            each.name === 'rendered'
              ? [
                  head(each),
                  html`<th key="bar" scope="col" data-column="bar">
                    <i class="swatch rendered"></i> rendered
                    ${hasHistory && html`<i class="swatch wasted"></i> wasted`}
                  </th>`,
                ]
              : head(each),
          )}
        </tr>
      </thead>
      <tbody ref=${list.ref}>
        ${shown.map(({ row, isGone }) => {
          const text = groupText(by, row, now);
          const path = groupPath(by, row.group, span);
          return html`<tr key=${row.group} data-row=${path === undefined ? undefined : ''} class=${isGone ? 'gone' : ''}>
            <th scope="row" class="elided" title=${text}>
              ${path === undefined ? text : html`<a class="row-link" href=${path}>${text}</a>`}
            </th>
            ${FIGURE_COLUMNS.map((each) =>
              each.name === 'rendered'
                ? [cell(each, row), html`<td key="bar" data-column="bar">${bar(row, most)}</td>`]
                : cell(each, row),
            )}
          </tr>`;
        })}
      </tbody>
    </table>
    ${
      list.waiting > 0 &&
      html`<p class="more"><button type="button" class="waiting" onClick=${list.show}>${list.waiting} new <kbd aria-hidden="true">.</kbd></button></p>`
    }
    ${
      more > 0 &&
      html`<button type="button" class="show-more" onClick=${showAll}>${count(more)} more</button>`
    }`;
}

function Head({
  column,
  sort,
  onSort,
}: {
  column: SortColumn<ParsedGroup>;
  sort: Sort;
  onSort: (column: SortColumn<ParsedGroup>) => void;
}) {
  const isSorted = sort.column === column.name;
  const direction = sort.isDown ? 'descending' : 'ascending';
  return html`<th scope="col" data-column=${column.name} class=${column.isNumber ? 'number' : ''} aria-sort=${isSorted ? direction : undefined}>
    <button type="button" class="plain" onClick=${() => onSort(column)}>
      ${column.head}${isSorted && html` <${Arrow} to=${sort.isDown ? 'down' : 'up'} />`}
    </button>
  </th>`;
}

/** What stands beside a number on a phone, where the heads are not there. */
const WORDS: ReadonlyMap<string, readonly [one: string, many: string]> = new Map([
  ['jobs', ['job', 'jobs']],
  ['tasks', ['task', 'tasks']],
  ['failed', ['failed', 'failed']],
  ['wasted', ['wasted', 'wasted']],
]);

function cell({ name, by, text, of }: FigureColumn, row: ParsedGroup) {
  const { figures } = row;
  const value = by?.(row) ?? null;
  const told = of && value !== null ? ofTasks(of(figures), figures.tasks) : '';
  const [one, many] = WORDS.get(name) ?? [];
  const word = value === 1 ? one : many;
  const isNone = value === 0 && (name === 'failed' || name === 'wasted');
  return html`<td key=${name} data-column=${name} class="number">
    ${name === 'failed' && !isNone && html`<${Mark} status="failed" size=${12} /> `}<span
      class=${value === null || value === 0 ? 'quiet' : name === 'failed' ? 'failed' : ''}
    >
      ${isNone ? 'none' : text(figures)}
    </span>
    ${word !== undefined && html` <span class="word">${word}</span>`}
    ${told !== '' && html` <span class="quiet told">${told}</span>`}
  </td>`;
}

function longestBar(groups: readonly ParsedGroup[]): number {
  return groups.reduce(
    (most, { figures }) => Math.max(most, figures.renderSeconds ?? 0, figures.wastedSeconds ?? 0),
    0,
  );
}

/** Render time, and below it on the same scale what was wasted: tries that failed, and those that were requeued. */
function bar({ figures }: ParsedGroup, most: number) {
  const part = (name: string, seconds: number | null) =>
    (seconds ?? 0) > 0 &&
    html`<i class=${name} style="width:${(100 * (seconds ?? 0)) / most}%"></i>`;
  return html`<span class="lanes" aria-hidden="true">
    ${part('rendered', figures.renderSeconds)}${part('wasted', figures.wastedSeconds)}
  </span>`;
}
