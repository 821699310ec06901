import { type Markup, markup } from './markup.ts';
import type { Report, ReportedJob, Share } from './report-model.ts';

/** Where CSS is dropped, colors of the light page hold: those of the attributes. */
const RING = markup`<circle cx="7" cy="7" r="5.6"/>`;

const SHAPES: Readonly<Record<string, Markup>> = {
  Failed: markup`<path class="solid" fill="#ad2409" d="M4.2.4h5.6l3.8 3.8v5.6l-3.8 3.8H4.2L.4 9.8V4.2z"/><path class="on line" stroke="#fff" d="M4.8 4.8l4.4 4.4M9.2 4.8L4.8 9.2"/>`,
  Completed: markup`<g class="completed line" fill="none" stroke="#1a6f5d">${RING}<path d="M4.5 7.2l1.8 1.8 3.2-3.7"/></g>`,
  Rendering: markup`<path class="rendering" fill="#1d5dbd" d="M2.5 1.2v11.6L12.5 7z"/>`,
  Suspended: markup`<g class="suspended line" fill="none" stroke="#64548c"><rect x="1.2" y="1.2" width="11.6" height="11.6" rx="2.4"/><path d="M5.4 4.7v4.6M8.6 4.7v4.6"/></g>`,
  Deleted: markup`<g class="deleted line" fill="none" stroke="#626b76">${RING}<path d="M3.2 10.8l7.6-7.6"/></g>`,
};
const OTHER = markup`<g class="other line" fill="none" stroke="#626b76">${RING}</g>`;

/** A status as a picture. Its word stands elsewhere in the row. */
export function statusMark(status: string): Markup {
  const shape = Object.hasOwn(SHAPES, status) ? (SHAPES[status] as Markup) : OTHER;
  return markup`<svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">${shape}</svg>`;
}

/** How wide a strip is, in places for ticks. */
const PLACES = 160;
/** The width of a single tick in places, so that it is seen. */
const THINNEST = 2;

/** A rail with a tick at the place of each failed task: one bad frame, one bad range, or all of it, at a glance. */
export function failureStrip({ failedTasks, tasks }: ReportedJob): Markup {
  if (tasks === null || failedTasks.length === 0) return markup``;
  return markup`<svg class="strip" viewBox="0 0 ${PLACES} 8" width="${PLACES}" height="8" preserveAspectRatio="none" aria-hidden="true"><path class="rail" fill="#c9cfd6" d="M0 3.5h${PLACES}v1H0z"/><path class="solid" fill="#ad2409" d="${ticks(failedTasks, tasks)}"/></svg>`;
}

/** The ticks as one path: neighbors are one, however many there are. */
export function ticks(failedTasks: readonly (number | string)[], tasks: number): string {
  const ids = failedTasks.map(Number).filter((id) => Number.isSafeInteger(id) && id >= 0);
  const all = ids.reduce((most, id) => Math.max(most, id + 1), tasks);
  const filled = new Set<number>();
  for (const id of ids) {
    const first = Math.min(Math.floor((id * PLACES) / all), PLACES - THINNEST);
    const end = Math.max(first + THINNEST, Math.floor(((id + 1) * PLACES) / all));
    for (let place = first; place < end; place += 1) filled.add(place);
  }
  const runs: [from: number, to: number][] = [];
  for (const place of [...filled].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[1] === place) last[1] = place + 1;
    else runs.push([place, place + 1]);
  }
  return runs.map(([from, to]) => `M${from} 0h${to - from}v8h-${to - from}z`).join('');
}

/** How long a department or a user rendered: a bar, and a line for the time before. */
export function shareBar(
  { renderSeconds, renderSecondsBefore }: Share,
  { shares }: Report,
): Markup {
  const all = shares.rows.flatMap((row) => [row.renderSeconds ?? 0, row.renderSecondsBefore ?? 0]);
  const most = Math.max(...all) || 1;
  const place = (seconds: number) => Math.round((seconds / most) * (10 * PLACES - 20)) / 10;
  const bar = place(renderSeconds ?? 0);
  const line =
    renderSecondsBefore === null
      ? markup``
      : markup`<path class="before" fill="#14171a" d="M${place(renderSecondsBefore)} 0h2v12h-2z"/>`;
  return markup`<svg class="chart" viewBox="0 0 ${PLACES} 12" width="${PLACES}" height="12" preserveAspectRatio="none" aria-hidden="true"><path class="now" fill="#87919c" d="M0 2h${bar}v8H0z"/>${line}</svg>`;
}
