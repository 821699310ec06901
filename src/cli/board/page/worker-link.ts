import { html } from 'htm/preact';
import { UNKNOWN } from './page-format.ts';
import { workerPath } from './route.ts';

/**
 * A worker's name, which leads to what it did.
 *
 * @param props.hours the span to tell of
 * @param props.name classes
 */
export function WorkerLink({
  worker,
  hours,
  name = '',
}: {
  worker: string | null;
  hours: number;
  name?: string;
}) {
  return worker === null
    ? html`<span>${UNKNOWN}</span>`
    : html`<a class="elided ${name}" href=${workerPath(worker, hours)} title=${worker}>${worker}</a>`;
}
