import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { count } from '../page-format.ts';
import type { FailingWorker } from './failing-workers.ts';

/** Rows that are shown at first. */
const FIRST = 12;

/** How many tasks failed on each worker: whether it is a machine. */
export function FailedByWorker({ failing }: { failing: readonly FailingWorker[] }) {
  const [isAll, setAll] = useState(false);
  const most = failing[0]?.failed ?? 1;
  const shown = isAll ? failing : failing.slice(0, FIRST);
  return html`<ul class="by-worker">
      ${shown.map(
        ({ worker, failed }) => html`<li key=${worker}>
          <span class="elided" title=${worker}>${worker}</span>
          <span class="share-bar" aria-hidden="true">
            <i style=${{ width: `${(100 * failed) / most}%` }}></i>
          </span>
          <span class="number"><strong>${count(failed)}</strong> failed</span>
        </li>`,
      )}
    </ul>
    ${
      failing.length > shown.length &&
      html`<button type="button" class="show-more" onClick=${() => setAll(true)}>
        ${count(failing.length - shown.length)} more workers
      </button>`
    }`;
}
