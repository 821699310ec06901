import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { useMedia } from '../media.ts';
import { clock, clockSeconds, counted } from '../page-format.ts';
import { Mark } from '../status-marks.ts';
import { WorkerLink } from '../worker-link.ts';
import { useWidth } from './element-width.ts';
import { useRovingFocus } from './roving-focus.ts';
import {
  NO_WORKER,
  type TimelineRow,
  type TimelineSpan,
  timelineSpan,
  timeTicks,
  worstRows,
} from './timeline-rows.ts';
import type { TaskTry } from './tries-of-tasks.ts';

/** As in the style sheet. */
const PHONE = '(max-width: 44.99rem)';
/** The room of a time at the axis, and the least width of a bar with a label, in rem. */
const TICK = 5;
const LABELED = 1.625;
/** The width of a try whose begin is not known, and the least of all, in rem. */
const UNKNOWN_BEGIN = 0.75;
const LEAST = 0.1875;
/** The least width of a bar with a mark alone, in rem. */
const MARKED = 0.75;

const GLYPHS: Partial<Record<TaskTry['outcome'], VNode>> = {
  failed: html`×`,
  requeued: html`<${Mark} status="requeued" />`,
};

/** Who rendered what, and when: a row a worker. */
export function WorkerTimeline(props: {
  readonly rows: readonly TimelineRow[];
  readonly now: number;
  readonly historyOn: boolean;
  /** How far back links to workers go. */
  readonly hours: number;
  onSelect(task: string): void;
}) {
  const { rows, now } = props;
  const [isWanted, setWanted] = useState(false);
  const isAll = useMedia('print') || isWanted;
  const [axis, width] = useWidth<HTMLDivElement>();
  // There it is a list of workers, with their tasks in order.
  const isList = useMedia(PHONE);
  const { shown, more } = worstRows(rows);
  const span = timelineSpan(
    rows.flatMap(({ tries }) => tries),
    now,
  );
  const offset = span ? -60_000 * new Date(span.begin).getTimezoneOffset() : 0;
  const ticks =
    span && width > 0 ? timeTicks(span, Math.max(1, Math.floor(width / TICK)), offset) : [];
  const hasSeconds = ticks.some((tick) => tick % 60_000 !== 0);
  const place = (time: number) =>
    span ? (100 * (time - span.begin)) / (span.end - span.begin) : 0;
  const bars = useRef<HTMLDivElement>(null);
  useRovingFocus(bars);
  return html`<div ref=${bars} class="timeline">
    <div class="timeline-axis" aria-hidden="true">
      <div ref=${axis} class="tracks">
        ${ticks.map(
          (tick) => html`<span key=${tick} style=${{ left: `${place(tick)}%` }}>
            ${hasSeconds ? clockSeconds(tick) : clock(tick)}
          </span>`,
        )}
      </div>
    </div>
    <ul>
      ${(isAll ? rows : shown).map(
        (row) => html`<li key=${row.worker} data-rove-row>
          ${
            row.worker === NO_WORKER
              ? html`<span class="elided quiet">${NO_WORKER}</span>`
              : html`<${WorkerLink} worker=${row.worker} hours=${props.hours} />`
          }
          <span class="row-failed">${row.failed > 0 && `${row.failed} failed`}</span>
          <span class="row-requeued">
            ${
              props.historyOn &&
              row.requeued > 0 &&
              html`<${Mark} status="requeued" label="requeued" /> ${row.requeued}`
            }
          </span>
          <div class="tracks">
            ${ticks.map((tick) => html`<i key=${tick} style=${{ left: `${place(tick)}%` }}></i>`)}
            ${
              span &&
              row.tries.map((each) =>
                bar(each, now, isList ? undefined : { span, width }, () =>
                  props.onSelect(String(each.task)),
                ),
              )
            }
          </div>
        </li>`,
      )}
    </ul>
    ${
      more !== '' &&
      html`<button type="button" class="show-more" onClick=${() => setWanted(!isAll)}>
        ${isAll ? `Only the worst ${shown.length}` : more}
      </button>`
    }
  </div>`;
}

/** Where the bars are: how wide their place is, in rem, and what it tells of. */
interface Scale {
  readonly span: TimelineSpan;
  readonly width: number;
}

/** @param scale undefined in a list, where a bar is as wide as its label */
function bar(
  { task, worker, begin, end, outcome }: TaskTry,
  now: number,
  scale: Scale | undefined,
  onClick: () => void,
) {
  const isOn = outcome === 'rendering';
  const until = isOn ? Math.max(now, begin ?? now) : (end ?? begin);
  if (until === null || scale?.width === 0) return null;
  const from = begin ?? until;
  const size = scale === undefined ? LABELED : sizeOf(from, until, scale, begin === null);
  const times = `${begin === null ? 'until' : `${clockSeconds(begin)} to`} ${isOn ? 'now' : clockSeconds(end)}`;
  const word = outcome === 'other' ? 'stopped' : outcome;
  const label = `Task ${task} ${word}, ${worker ?? NO_WORKER}, ${times}`;
  const glyph = GLYPHS[outcome];
  return html`<button
    key=${`${task} ${from} ${isOn ? '' : until}`}
    type="button"
    tabindex="-1"
    class=${`try ${outcome}`}
    data-rove
    data-task=${task}
    aria-label=${label}
    title=${label}
    style=${scale && placeOf(until, size, scale)}
    onClick=${onClick}
  >
    ${size >= LABELED ? html`<span>${glyph} ${task}</span>` : size >= MARKED && glyph}
  </button>`;
}

function sizeOf(from: number, until: number, { span, width }: Scale, isUnknown: boolean): number {
  if (isUnknown) return UNKNOWN_BEGIN;
  return Math.max(LEAST, ((until - from) * width) / (span.end - span.begin));
}

/** What is drawn wider than it was long must not end later. */
function placeOf(until: number, size: number, { span, width }: Scale) {
  const end = ((until - span.begin) * width) / (span.end - span.begin);
  const left = Math.max(0, Math.min(end, width) - size);
  return { left: `${(100 * left) / width}%`, width: `${(100 * size) / width}%` };
}

/** What the section's head says of the workers: `10, worst first`. */
export function timelineTitle(rows: readonly TimelineRow[], historyOn: boolean): string {
  if (rows.length === 0) return 'none yet';
  return historyOn
    ? `${rows.length}, worst first`
    : `${counted(rows.length, 'worker')}, last try of each task`;
}
