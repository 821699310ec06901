import { html } from 'htm/preact';
import type { Field } from '../jobs/job-filter-state.ts';
import { UNKNOWN } from '../page-format.ts';
import { DEFAULT_HOURS, routePath, withFilter } from '../route.ts';

/** A value in a row that opens the jobs of the span that have it. */
export function JobsWith({
  field,
  value,
  since,
}: {
  field: Field;
  value: string | null;
  since: string;
}) {
  if (value === null || value === '') return html`${UNKNOWN}`;
  const span = new URLSearchParams(since === `${DEFAULT_HOURS}h` ? {} : { since });
  const path = routePath('jobs', withFilter(span, field, [value]));
  return html`<a class="over-row" href=${path} title="Jobs with ${field} ${value}">${value}</a>`;
}

/** A worker in a row, which opens what is known of it. */
export function WorkerLink({ worker }: { worker: string }) {
  return html`<a class="over-row elided" href=${routePath('workers', { text: worker })} title=${worker}>${worker}</a>`;
}
