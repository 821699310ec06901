import { html } from 'htm/preact';
import { useRef, useState } from 'preact/hooks';
import { clock, clockSeconds, counted } from '../page-format.ts';
import { useWidth } from './element-width.ts';
import { useRovingFocus } from './roving-focus.ts';
import type { TaskTry } from './task-tries.ts';
import {
  type TimelineRow,
  type TimelineSpan,
  timelineSpan,
  timeTicks,
  worstRows,
} from './timeline-rows.ts';

/** The room of a time at the axis, and the least width of a bar with a label, in rem. */
const TICK = 5;
const LABELED = 1.625;
/** The width of a try whose begin is not known, and the least of all, in rem. */
const UNKNOWN_BEGIN = 0.625;
const LEAST = 0.1875;

const GLYPHS: Partial<Record<TaskTry['outcome'], string>> = { failed: '×', requeued: '↩' };

/** Who rendered what, and when: a row a worker. */
export function WorkerTimeline(props: {
  readonly rows: readonly TimelineRow[];
  readonly now: number;
  readonly historyOn: boolean;
  onSelect(task: string): void;
}) {
  const { rows, now } = props;
  const [isAll, setAll] = useState(false);
  const [axis, width] = useWidth<HTMLDivElement>();
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
          <span class="elided" title=${row.worker}>${row.worker}</span>
          <span class="row-failed">${row.failed > 0 && `${row.failed} failed`}</span>
          <span class="row-requeued">
            ${
              props.historyOn &&
              row.requeued > 0 &&
              html`<span aria-hidden="true">↩ ${row.requeued}</span><span class="said">${row.requeued} requeued</span>`
            }
          </span>
          <div class="tracks">
            ${ticks.map((tick) => html`<i key=${tick} style=${{ left: `${place(tick)}%` }}></i>`)}
            ${
              span &&
              row.tries.map((each) =>
                bar(each, span, width, now, () => props.onSelect(String(each.task))),
              )
            }
          </div>
        </li>`,
      )}
    </ul>
    ${
      more !== '' &&
      html`<button type="button" class="show-more" onClick=${() => setAll(!isAll)}>
        ${isAll ? `Only the worst ${shown.length}` : more}
      </button>`
    }
  </div>`;
}

function bar(
  { task, worker, begin, end, outcome }: TaskTry,
  span: TimelineSpan,
  width: number,
  now: number,
  onClick: () => void,
) {
  const until = outcome === 'rendering' ? Math.max(now, begin ?? now) : (end ?? begin);
  const from = begin ?? until;
  if (from === null || until === null || width === 0) return null;
  const scale = width / (span.end - span.begin);
  const long = (until - from) * scale;
  const size = begin === null ? UNKNOWN_BEGIN : Math.max(LEAST, long);
  // What is drawn wider than it was long must not end later.
  const left = Math.max(0, Math.min((until - span.begin) * scale, width) - size);
  const times = `${begin === null ? 'until' : `${clockSeconds(begin)} to`} ${outcome === 'rendering' ? 'now' : clockSeconds(end)}`;
  const label = `Task ${task} ${outcome === 'other' ? 'stopped' : outcome}, ${worker ?? 'no worker named'}, ${times}`;
  const glyph = GLYPHS[outcome] ?? '';
  return html`<button
    key=${`${task} ${from} ${until === now ? '' : until}`}
    type="button"
    tabindex="-1"
    class=${`try ${outcome}`}
    data-rove
    data-task=${task}
    aria-label=${label}
    title=${label}
    style=${{ left: `${(100 * left) / width}%`, width: `${(100 * size) / width}%` }}
    onClick=${onClick}
  >
    ${size >= LABELED ? html`<span>${glyph} ${task}</span>` : size >= UNKNOWN_BEGIN && glyph}
  </button>`;
}

/** What the section's head says of the workers: `10, worst first`. */
export function timelineTitle(rows: readonly TimelineRow[], historyOn: boolean): string {
  if (rows.length === 0) return 'none yet';
  return historyOn
    ? `${rows.length}, worst first`
    : `${counted(rows.length, 'worker')}, last try of each task`;
}
