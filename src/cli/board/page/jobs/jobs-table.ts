import { html } from 'htm/preact';
import type { StoppedJob } from '../../state/farm-state.ts';
import type { LiveList } from '../live-list.ts';
import { Arrow } from '../status-marks.ts';
import { JOB_COLUMNS, type JobColumn, type JobSort } from './job-columns.ts';
import type { Field } from './job-filter-state.ts';
import { JobRow } from './job-row.ts';

/** The list of jobs, with heads to sort it by. */
export function JobsTable({
  list,
  sort,
  seen,
  today,
  onSort,
  onField,
}: {
  list: LiveList<StoppedJob>;
  sort: JobSort;
  seen: number;
  today: number;
  onSort: (column: JobColumn) => void;
  onField: (field: Field, value: string) => void;
}) {
  return html`<div role="table" aria-label="Jobs" aria-rowcount=${list.rows.length + 1} class="jobs-table">
    <div role="rowgroup">
      <div role="row" class="job-head">
        ${JOB_COLUMNS.map((column) => html`<${Head} key=${column.name} column=${column} sort=${sort} onSort=${onSort} />`)}
      </div>
    </div>
    <div role="rowgroup" ref=${list.ref}>
      ${list.rows.map(({ row, isGone }) => html`<${JobRow} key=${row.job} job=${row} isGone=${isGone} seen=${seen} today=${today} onField=${onField} />`)}
    </div>
  </div>`;
}

function Head({
  column,
  sort,
  onSort,
}: {
  column: JobColumn;
  sort: JobSort;
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
