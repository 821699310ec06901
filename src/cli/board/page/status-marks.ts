import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { BoardStatus } from '../state/farm-state.ts';

/** What a mark can say of a job or a task. */
export type Status =
  | 'failed'
  | 'completed'
  | 'rendering'
  | 'suspended'
  | 'requeued'
  | 'deleted'
  | 'none';

/** The words of the marks. */
export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  failed: 'Failed',
  completed: 'Completed',
  rendering: 'Rendering',
  suspended: 'Suspended',
  requeued: 'Requeued',
  deleted: 'Deleted',
  none: 'Nothing came',
};

const STATUSES: ReadonlyMap<string, Status> = new Map([
  ['Failed', 'failed'],
  ['Completed', 'completed'],
  ['Rendering', 'rendering'],
  ['Started', 'rendering'],
  ['Suspended', 'suspended'],
  ['Queued', 'requeued'],
  ['Requeued', 'requeued'],
  // The status that Deadline sends with the stop of a job that is deleted.
  ['Active', 'deleted'],
  ['Deleted', 'deleted'],
]);

/** The mark of Deadline's word. A word that is not known has the mark of nothing, and stands beside it. */
export function statusOf(word: string | null): Status {
  return STATUSES.get(word ?? '') ?? 'none';
}

const RING = html`<circle cx="7" cy="7" r="5.6" />`;

/** Drawn in 14 by 14; lines 1.4 wide in the mark's color. */
const SHAPES: Readonly<Record<Status, () => VNode>> = {
  failed: () => html`<g>
    <path class="solid" d="M4.2.4h5.6l3.8 3.8v5.6l-3.8 3.8H4.2L.4 9.8V4.2z" />
    <path class="on" d="M4.8 4.8l4.4 4.4M9.2 4.8L4.8 9.2" />
  </g>`,
  completed: () => html`<g>${RING}<path d="M4.5 7.2l1.8 1.8 3.2-3.7" /></g>`,
  rendering: () => html`<path class="solid" d="M2.5 1.2v11.6L12.5 7z" />`,
  suspended: () => html`<g>
    <rect x="1.2" y="1.2" width="11.6" height="11.6" rx="2.4" /><path d="M5.4 4.7v4.6M8.6 4.7v4.6" />
  </g>`,
  requeued: () => html`<path d="M5 1.6L1.8 4.6 5 7.6M2 4.6h6.4a3.3 3.3 0 0 1 0 6.6H6" />`,
  deleted: () => html`<g>${RING}<path d="M3.2 10.8l7.6-7.6" /></g>`,
  none: () => html`<circle cx="7" cy="7" r="5.6" stroke-dasharray="1.4 2.1" />`,
};

/**
 * A status as a picture. The word stands next to it, or else in `label`, for screen readers.
 *
 * @param props.size in px at the normal size of text
 */
export function Mark({
  status,
  label,
  size = 14,
}: {
  status: Status;
  label?: string;
  size?: number;
}) {
  return picture(`mark ${status}`, SHAPES[status](), label, size);
}

const LAMPS: Readonly<Record<BoardStatus['lamp'], () => VNode>> = {
  live: () => html`<g>${RING}<circle class="solid" cx="7" cy="7" r="3" /></g>`,
  late: () => html`<g>${RING}<path class="solid" d="M7 1.4a5.6 5.6 0 0 0 0 11.2z" /></g>`,
  'cut off': () => html`<g>${RING}<path d="M3.2 10.8l7.6-7.6" /></g>`,
  connecting: () => html`<circle cx="7" cy="7" r="5.6" stroke-dasharray="2.2 2.2" />`,
};

/** The words of the lamp, which always stand next to it. */
export const LAMP_WORDS: Readonly<Record<BoardStatus['lamp'], string>> = {
  live: 'Live',
  late: 'Late',
  'cut off': 'Cut off',
  connecting: 'Connecting',
};

/** Whether the board has what AWS has. It does not blink. */
export function Lamp({ lamp }: { lamp: BoardStatus['lamp'] }) {
  return picture(`lamp ${lamp.replace(' ', '-')}`, LAMPS[lamp](), undefined, 14);
}

function picture(names: string, shape: VNode, label: string | undefined, size: number): VNode {
  const said =
    label === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label };
  return html`<svg class=${names} viewBox="0 0 14 14" width="${size / 16}rem" height="${size / 16}rem" ...${said}>
    ${shape}
  </svg>`;
}

const ARROWS = { up: 'M7 12V2.5M3 6.2L7 2.2l4 4', down: 'M7 2v9.5M3 7.8l4 4 4-4' } as const;

/** An arrow, as large as the text around it. */
export function Arrow({ to }: { to: keyof typeof ARROWS }) {
  return html`<svg class="arrow" viewBox="0 0 14 14" width="0.75em" height="0.75em" aria-hidden="true"><path d=${ARROWS[to]} /></svg>`;
}
