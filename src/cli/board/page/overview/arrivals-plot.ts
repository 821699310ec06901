import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FarmState } from '../../state/farm-state.ts';
import { go } from '../navigation.ts';
import { clock, count, counted } from '../page-format.ts';
import { routePath } from '../route.ts';
import { hoursBelow, peakLabels, roundBelow } from './plot-scale.ts';

const SLOT_MS = 600_000;
/** In px: where bars stand, how high they are at most, and how deep those of failed tasks go. */
const BASE = 43;
const HIGHEST = 41;
const LANE = 46;
const DEEPEST = 14;
const AXIS = 76;
const HEIGHT = 80;
const SIDES = 20;

/** What came over the span, and below it the tasks that failed. A bar, or a dragged range, opens the jobs of that time. */
export function ArrivalsPlot({ farm }: { farm: FarmState }) {
  const { arrivals, since, until } = farm;
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  const [drag, setDrag] = useState<readonly [from: number, to: number]>();
  useEffect(() => {
    if (place.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);

  const inner = Math.max(1, width - 2 * SIDES);
  const x = (ms: number) => SIDES + ((ms - since) / (until - since)) * inner;
  const slot = (SLOT_MS / (until - since)) * inner;
  const bar = Math.max(1, slot - 1);
  const most = Math.max(1, ...arrivals.map((each) => each.count));
  const mostFailed = Math.max(1, ...arrivals.map((each) => each.failedTasks));
  const line = roundBelow(most);
  const high = (number: number) => (number === 0 ? 0 : Math.max(1, (number / most) * HIGHEST));
  const deep = (number: number) =>
    number === 0 ? 0 : Math.max(4, Math.round((number / mostFailed) * DEEPEST));

  const timeAt = ({ offsetX }: PointerEvent) => {
    const ms = since + ((offsetX - SIDES) / inner) * (until - since);
    return Math.max(since, Math.min(until, ms));
  };
  const onDown = (event: PointerEvent) => {
    if (event.button === 0) setDrag([timeAt(event), timeAt(event)]);
  };
  const onMove = (event: PointerEvent) => {
    if (drag !== undefined) setDrag([drag[0], timeAt(event)]);
  };
  const onUp = () => {
    if (drag === undefined) return;
    const from = Math.floor(Math.min(...drag) / SLOT_MS) * SLOT_MS;
    const to = Math.floor(Math.max(...drag) / SLOT_MS) * SLOT_MS + SLOT_MS;
    setDrag(undefined);
    go(routePath('jobs', { since: isoMinute(from), until: isoMinute(to) }));
  };

  const failed = arrivals.reduce((sum, each) => sum + each.failedTasks, 0);
  const all = arrivals.reduce((sum, each) => sum + each.count, 0);
  const said = `From ${clock(since)} to ${clock(until)}, ${count(all)} came, most ${count(most)} in 10 minutes; ${counted(failed, 'task')} failed.`;

  return html`<div class="plot">
    <p class="plot-head"><span>Arrivals in 10 min</span> <span class="failed"><svg viewBox="0 0 8 8" width="0.5rem" height="0.5rem" aria-hidden="true"><path d="M0 0.5h8L4 7.5z" /></svg> failed tasks</span></p>
    <div ref=${place} class="plot-place">
      <svg
        role="img"
        aria-label=${said}
        viewBox="0 0 ${width} ${HEIGHT}"
        width=${width}
        height=${HEIGHT}
        onPointerDown=${onDown}
        onPointerMove=${onMove}
        onPointerUp=${onUp}
        onPointerLeave=${() => setDrag(undefined)}
      >
        ${line > 0 && html`<path class="line" d="M${SIDES} ${BASE - high(line)}h${inner}" />`}
        <path class="base" d="M${SIDES} ${BASE + 0.5}h${inner}" />
        ${arrivals.map(({ begin, count: number, failedTasks }, index) => {
          const left = Math.max(SIDES, x(begin));
          const right = Math.min(width - SIDES, x(begin) + bar);
          const isGoingOn = index === arrivals.length - 1;
          return html`<g>
            <title>${clock(begin)}: ${count(number)}, ${counted(failedTasks, 'task')} failed</title>
            <rect class="slot" x=${left} y="0" width=${slot} height=${LANE + DEEPEST} />
            <rect class=${isGoingOn ? 'bar going-on' : 'bar'} x=${left} y=${BASE - high(number)} width=${Math.max(0.5, right - left)} height=${high(number)} />
            <rect class="failed" x=${left} y=${LANE} width=${Math.max(1, right - left)} height=${deep(failedTasks)} />
          </g>`;
        })}
        ${line > 0 && html`<text x=${width - SIDES} y=${BASE - high(line) - 3} text-anchor="end">${count(line)}</text>`}
        ${peakLabels(arrivals).map(({ index, count: number, side }) => {
          const begin = x(arrivals[index]?.begin ?? since);
          const at = side === 'left' ? begin - 4 : begin + bar + 4;
          return html`<text class="peak" x=${at} y=${LANE + 11} text-anchor=${side === 'left' ? 'end' : 'start'}>${count(number)}</text>`;
        })}
        ${hoursBelow(since, until, inner, 56).map(
          (hour) => html`<g>
            <path class="tick" d="M${x(hour)} ${AXIS - 13}v4" />
            <text x=${x(hour)} y=${AXIS + 1} text-anchor="middle">${clock(hour)}</text>
          </g>`,
        )}
        ${
          drag !== undefined &&
          html`<rect class="drag" x=${x(Math.min(...drag))} y="0" width=${Math.max(1, x(Math.max(...drag)) - x(Math.min(...drag)))} height=${LANE + DEEPEST} />`
        }
      </svg>
    </div>
  </div>`;
}

/** For the URL: `2026-11-24T01:40Z`. */
function isoMinute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`;
}
