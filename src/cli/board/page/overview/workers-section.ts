import { html } from 'htm/preact';
import type { FarmState, WorkerLine } from '../../state/farm-state.ts';
import { useLiveList } from '../live-list.ts';
import { count, duration, UNKNOWN } from '../page-format.ts';
import { routePath } from '../route.ts';
import { SectionHead } from '../section-head.ts';
import { withCommands } from '../weather.ts';
import { More } from './failed-section.ts';

/** How many workers are shown; their page has all. */
const MOST = 12;

const NO_HISTORY =
  'Earlier tries and requeues are not shown: the stack keeps only the newest notification of each task. To keep them, deploy with `history: problems` or `history: all`; they count from then on.';

/** The workers with the most failures. */
export function WorkersSection({ farm }: { farm: FarmState }) {
  const { workers, status } = farm;
  const { rows, ref } = useLiveList(workers, ({ worker }) => worker);
  const isOff = status.history === 'off';
  return html`<section id="workers" aria-label="Workers">
    <${SectionHead} title="Workers" tells=${isOff ? 'last try of each task' : `worst of ${count(workers.length)}`}>
      ${status.history === 'all' && html`<span class="quiet">render time</span>`}
    <//>
    ${isOff && html`<p class="note">${withCommands(NO_HISTORY)}</p>`}
    ${workers.length === 0 && html`<p class="good"><span>No task failed on a worker.</span></p>`}
    <ul ref=${ref}>${rows.slice(0, MOST).map(({ row }) => html`<${WorkerRow} key=${row.worker} worker=${row} />`)}</ul>
    <${More} number=${workers.length - MOST} path=${routePath('workers')} />
  </section>`;
}

function WorkerRow({ worker }: { worker: WorkerLine }) {
  return html`<li data-row class="worker-row">
    <a class="row-link elided" href=${routePath('workers', { text: worker.worker })} title=${worker.worker}>${worker.worker}</a>
    <span><b class=${worker.failed > 0 ? 'failed' : 'quiet'}>${count(worker.failed)}</b> failed</span>
    <span>${worker.requeued !== null && html`<b class=${worker.requeued > 0 ? 'requeued' : 'quiet'}>${count(worker.requeued)}</b> requeued`}</span>
    <span class="quiet">${worker.tasks === null ? '' : `of ${count(worker.tasks)} tasks`}</span>
    <span class="number">${worker.rendered === null ? UNKNOWN : duration(worker.rendered)}</span>
  </li>`;
}
