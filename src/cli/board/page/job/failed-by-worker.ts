import { html } from 'htm/preact';
import { useFirstRows } from '../first-rows.ts';
import { count, counted } from '../page-format.ts';
import { WorkerLink } from '../worker-link.ts';
import type { FailingWorker } from './failing-workers.ts';
import { NO_WORKER } from './timeline-rows.ts';

/** Rows that are shown at first. */
const FIRST = 12;

/** How many tasks failed on each worker, and how many it gave up: whether it is a machine. */
export function FailedByWorker({
  failing,
  hours,
}: {
  failing: readonly FailingWorker[];
  /** How far back links to workers go. */
  hours: number;
}) {
  const { shown, more, showAll } = useFirstRows(failing, FIRST);
  const most = failing[0]?.failed || 1;
  return html`<ul class="by-worker">
      ${shown.map(
        ({ worker, failed, requeued }) => html`<li key=${worker}>
          ${
            worker === NO_WORKER
              ? html`<span class="elided quiet">${NO_WORKER}</span>`
              : html`<${WorkerLink} worker=${worker} hours=${hours} />`
          }
          <span class="share-bar" aria-hidden="true">
            <i style=${{ width: `${(100 * failed) / most}%` }}></i>
          </span>
          <span class="number">${failed === 0 ? html`<span class="quiet">none failed</span>` : html`<strong>${count(failed)}</strong> failed`}</span>
          ${
            requeued !== null &&
            html`<span class="number requeued">${requeued === 0 ? html`<span class="quiet">none requeued</span>` : `${count(requeued)} requeued`}</span>`
          }
        </li>`,
      )}
    </ul>
    ${
      more > 0 &&
      html`<button type="button" class="show-more" onClick=${showAll}>
        ${counted(more, 'more worker')}
      </button>`
    }`;
}
