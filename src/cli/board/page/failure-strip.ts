import { html } from 'htm/preact';

const HEIGHT = 8;
const THINNEST = 2;
/** From which px a task on neighbors are apart, and by how much. */
const APART = 2.5;
const GAP = 0.8;

/**
 * A rail with a tick at the place of each failed task: shows at a glance one bad frame, one bad range, or all of it.
 *
 * @param props.failed ids of the failed tasks
 * @param props.tasks how many the job has; null if that is not known
 * @param props.width in px at the normal size of text
 */
export function FailureStrip({
  failed,
  tasks,
  width,
}: {
  failed: readonly number[];
  tasks: number | null;
  width: number;
}) {
  return html`<svg class="strip" viewBox="0 0 ${width} ${HEIGHT}" width="${width / 16}rem" height="${HEIGHT / 16}rem" aria-hidden="true">
    <path class="rail" d="M0 ${HEIGHT / 2}h${width}" /><path class="ticks" d=${ticks(failed, tasks, width)} />
  </svg>`;
}

/** The ticks as one path. Neighbors touch where tasks are thin, so that a range is one bar. */
export function ticks(failed: readonly number[], tasks: number | null, width: number): string {
  // Without their number, no task has a place.
  if (tasks === null) return '';
  const last = failed.reduce((most, id) => Math.max(most, id), 0);
  const pitch = width / Math.max(tasks, last + 1);
  const tick = Math.max(THINNEST, pitch >= APART ? pitch - GAP : pitch);
  const place = (id: number) => Math.min(id * pitch, width - tick);
  return failed
    .filter((id) => id >= 0)
    .map((id) => `M${rounded(place(id))} 0h${rounded(tick)}v${HEIGHT}h-${rounded(tick)}z`)
    .join('');
}

const rounded = (px: number) => Math.round(px * 10) / 10;
