import { html } from 'htm/preact';
import { useMemo, useState } from 'preact/hooks';
import type { StoppedJob } from '../../state/farm-state.ts';
import { count, counted } from '../page-format.ts';
import { Mark, statusOf } from '../status-marks.ts';
import { FIELDS, type Field, type JobFilterState, valueCounts } from './job-filter-state.ts';

const HEADS: Readonly<Record<Field, readonly [head: string, many: string]>> = {
  status: ['Status', 'statuses'],
  department: ['Department', 'departments'],
  plugin: ['Plugin', 'plugins'],
  pool: ['Pool', 'pools'],
  user: ['User', 'users'],
};

/** How many values of a field are shown at first. */
const FEW = 6;

/** The values to filter by, with how many jobs of the span have each. */
export function FilterColumn({
  jobs,
  filter,
  onToggle,
}: {
  jobs: readonly StoppedJob[];
  filter: JobFilterState;
  onToggle: (field: Field, value: string) => void;
}) {
  return html`<div class="filter-column" role="group" aria-label="Filters">
    ${FIELDS.map(
      (field) =>
        html`<${Values} key=${field} field=${field} jobs=${jobs} chosen=${filter.fields[field]} onToggle=${onToggle} />`,
    )}
  </div>`;
}

function Values({
  field,
  jobs,
  chosen,
  onToggle,
}: {
  field: Field;
  jobs: readonly StoppedJob[];
  chosen: readonly string[];
  onToggle: (field: Field, value: string) => void;
}) {
  const [isAll, setAll] = useState(false);
  const values = useMemo(() => valueCounts(jobs, field, chosen), [jobs, chosen.join()]);
  const shown = values.filter(([value], index) => isAll || index < FEW || chosen.includes(value));
  const [head, many] = HEADS[field];
  if (values.length === 0) return null;
  return html`<fieldset>
    <legend>${head}</legend>
    ${shown.map(([value, number]) => {
      const isChosen = chosen.includes(value);
      return html`<label key=${value} class=${isChosen ? 'choice chosen' : 'choice'}>
        <input type="checkbox" checked=${isChosen} onChange=${() => onToggle(field, value)} />
        ${field === 'status' && html`<${Mark} status=${statusOf(value)} />`}
        <span class="elided" title=${value}>${value}</span>
        <span class="quiet">${count(number)}</span>
      </label>`;
    })}
    ${
      values.length > shown.length &&
      html`<button type="button" class="plain quiet" onClick=${() => setAll(true)}>
          ${counted(values.length - shown.length, `more ${field}`, `more ${many}`)}
        </button>`
    }
  </fieldset>`;
}
