import { html } from 'htm/preact';
import type { FarmState } from '../../state/farm-state.ts';
import { clockSeconds } from '../page-format.ts';
import { ArrivalsPlot } from './arrivals-plot.ts';
import { FailedSection } from './failed-section.ts';
import { RenderingSection } from './rendering-section.ts';
import { StoppedSection } from './stopped-section.ts';
import { SummaryBand } from './summary-band.ts';
import { WorkersSection } from './workers-section.ts';

/** What broke, what stopped, what renders, and on which workers. */
export function OverviewPage({
  farm,
  now,
  seen,
  hours,
  isCutOff,
}: {
  farm: FarmState;
  now: number;
  seen: number;
  /** The span: that many hours before now. */
  hours: number;
  /** Then the warning has the place of the summary, and times are those of the last answer. */
  isCutOff: boolean;
}) {
  const from = farm.status.lamp === 'cut off' ? farm.status.since : farm.until;
  const span = isCutOff ? `as of ${clockSeconds(from)}` : `in ${hours} h`;
  const since = `${hours}h`;
  const list = { farm, now, seen, span, since };
  const isEmpty = farm.status.newest === null && farm.stopped.length === 0;
  if (isEmpty && !isCutOff) return html`<${NothingYet} />`;
  return html`<div class="overview">
    <h1 class="said">Overview</h1>
    ${!isCutOff && html`<div class="band"><${SummaryBand} farm=${farm} hours=${hours} /><${ArrivalsPlot} farm=${farm} /></div>`}
    <div class="columns">
      <div>
        <${FailedSection} ...${list} />
        <${StoppedSection} ...${list} />
      </div>
      <div>
        <${RenderingSection} farm=${farm} now=${now} />
        <${WorkersSection} farm=${farm} />
      </div>
    </div>
  </div>`;
}

/** What fills the tables, before anything came. */
function NothingYet() {
  return html`<div class="nothing-yet">
    <svg viewBox="0 0 178 12" width="11.125rem" height="0.75rem" aria-hidden="true">
      ${Array.from({ length: 12 }, (_, index) => html`<rect x=${index * 15 + 0.5} y="0.5" width="12" height="11" rx="2" />`)}
    </svg>
    <h1>Nothing has come yet.</h1>
    <p>The first job that stops, or the first task that starts, shows here within five seconds.</p>
    <p>To try it: <code>deadline-notifications send --sample job</code></p>
  </div>`;
}
