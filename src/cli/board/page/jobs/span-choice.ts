import { html } from 'htm/preact';
import { when } from '../page-format.ts';
import type { JobFilterState } from './job-filter-state.ts';

const SPANS = [
  ['1h', 'last hour'],
  ['12h', 'last 12 h'],
  ['24h', 'last 24 h'],
  ['7d', 'last 7 days'],
  ['all', 'any time'],
] as const;

/** The choice of the time in which the jobs stopped. A range of the plot is a choice of its own. */
export function SpanChoice({
  filter,
  now,
  onChoice,
}: {
  filter: JobFilterState;
  now: number;
  onChoice: (since: string) => void;
}) {
  const { since, until } = filter;
  const chosen = SPANS.find(([text]) => text === sinceText(since))?.[0];
  const isOwn = until !== undefined || chosen === undefined;
  const from = since === 'all' ? '' : 'ms' in since ? when(since.ms, now) : `last ${since.hours} h`;
  const own = until === undefined ? from : `${from} to ${when(until, now)}`;
  return html`<label class="chip">
    <span class="quiet">stopped</span>
    <select
      value=${isOwn ? 'own' : chosen}
      onChange=${(event: Event) => onChoice((event.target as HTMLSelectElement).value)}
    >
      ${isOwn && html`<option value="own">${own}</option>`}
      ${SPANS.map(([text, words]) => html`<option value=${text}>${words}</option>`)}
    </select>
  </label>`;
}

function sinceText(since: JobFilterState['since']): string {
  if (since === 'all') return 'all';
  if ('ms' in since) return '';
  return since.hours === 168 ? '7d' : `${since.hours}h`;
}
