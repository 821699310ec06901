import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import type { StoppedJob } from '../../state/farm-state.ts';
import type { LiveList } from '../live-list.ts';
import { usePrinting } from '../media.ts';
import { count } from '../page-format.ts';
import type { Sort } from '../sorted-rows.ts';
import { Arrow } from '../status-marks.ts';
import { JOB_COLUMNS, type JobColumn } from './job-columns.ts';
import type { Field } from './job-filter-state.ts';
import { JobRow } from './job-row.ts';

/** How many rows are drawn at first, and more at each press. */
const FEW = 1000;

/** The list of jobs, with heads to sort it by. Of very many, only the first are drawn, or all to print. */
export function JobsTable({
  list,
  asked,
  sort,
  seen,
  today,
  onSort,
  onField,
}: {
  list: LiveList<StoppedJob>;
  /** What the reader asks for: if it changes, the list begins anew. */
  asked: string;
  sort: Sort;
  seen: number;
  today: number;
  onSort: (column: JobColumn) => void;
  onField: (field: Field, value: string) => void;
}) {
  const [most, setMost] = useState(FEW);
  useEffect(() => setMost(FEW), [asked]);
  const isPrinting = usePrinting();
  const shown = isPrinting ? list.rows : list.rows.slice(0, most);
  const more = list.rows.length - shown.length;
  return html`<div role="table" aria-label="Jobs" aria-rowcount=${list.rows.length + 1} class="jobs-table">
    <div role="rowgroup">
      <div role="row" class="job-head">
        ${JOB_COLUMNS.map((column) => html`<${Head} key=${column.name} column=${column} sort=${sort} onSort=${onSort} />`)}
      </div>
    </div>
    <div role="rowgroup" ref=${list.ref}>
      ${shown.map(({ row, isGone }) => html`<${JobRow} key=${row.job} job=${row} isGone=${isGone} seen=${seen} today=${today} onField=${onField} />`)}
    </div>
  </div>
  ${more > 0 && html`<p class="more"><button type="button" class="button" onClick=${() => setMost(most + FEW)}>${count(more)} more</button></p>`}`;
}

function Head({
  column,
  sort,
  onSort,
}: {
  column: JobColumn;
  sort: Sort;
  onSort: (column: JobColumn) => void;
}) {
  const isSorted = sort.column === column.name;
  const direction = sort.isDown ? 'descending' : 'ascending';
  return html`<span role="columnheader" class="${column.name}${column.isNumber ? ' number' : ''}" aria-sort=${isSorted ? direction : undefined}>
    ${
      column.by === undefined
        ? column.head
        : html`<button type="button" class="plain" onClick=${() => onSort(column)}>
            ${column.head}${isSorted && html` <${Arrow} to=${sort.isDown ? 'down' : 'up'} />`}
          </button>`
    }
  </span>`;
}
