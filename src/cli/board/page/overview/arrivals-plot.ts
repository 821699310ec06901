import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FarmState } from '../../state/farm-state.ts';
import { go } from '../navigation.ts';
import { clock, count, counted } from '../page-format.ts';
import { routePath } from '../route.ts';
import { barAt, edgesOf, movedRange, type PlotRange, rangeQuery, SLOT_MS } from './plot-range.ts';
import { hoursBelow, lineSide, peakLabels, roundBelow } from './plot-scale.ts';

/** In px: where bars stand, how high they are at most, and how deep those of failed tasks go. */
const BASE = 43;
const HIGHEST = 41;
const LANE = 46;
const DEEPEST = 14;
const AXIS = 76;
const HEIGHT = 80;
/** The gutters of a phone, and of wider windows. */
const SIDES = { narrow: 16, wide: 20 };
const NARROW = 720;

const HOW = 'Arrow keys choose ten minutes, with Shift a range. Enter opens its jobs.';

/**
 * What came over the span, and below it the tasks that failed. A bar, or a range that is dragged or chosen by keys, opens
 * the jobs of that time.
 */
export function ArrivalsPlot({ farm }: { farm: FarmState }) {
  const { arrivals, since, until } = farm;
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  const [dragged, setDragged] = useState<PlotRange>();
  const [chosen, setChosen] = useState<PlotRange>();
  useEffect(() => {
    if (place.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);

  const sides = width < NARROW && innerWidth < NARROW ? SIDES.narrow : SIDES.wide;
  const inner = Math.max(1, width - 2 * sides);
  const x = (ms: number) => sides + ((within(ms, since, until) - since) / (until - since)) * inner;
  const slot = (SLOT_MS / (until - since)) * inner;
  const most = Math.max(1, ...arrivals.map((each) => each.count));
  const mostFailed = Math.max(1, ...arrivals.map((each) => each.failedTasks));
  const line = roundBelow(most);
  const side = lineSide(arrivals, line, slot);
  const labels = peakLabels(arrivals, slot, sides);
  const high = (number: number) => (number === 0 ? 0 : Math.max(1, (number / most) * HIGHEST));
  const deep = (number: number) =>
    number === 0 ? 0 : Math.max(4, Math.round((number / mostFailed) * DEEPEST));

  const [first, last] = [arrivals[0]?.begin ?? since, arrivals.at(-1)?.begin ?? since];
  const open = (range: PlotRange) => go(routePath('jobs', rangeQuery(range)));

  const barBelow = ({ offsetX }: PointerEvent) => {
    const ms = since + ((offsetX - sides) / inner) * (until - since);
    return within(barAt(ms), first, last);
  };
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    setDragged({ anchor: barBelow(event), at: barBelow(event) });
  };
  const onMove = (event: PointerEvent) => {
    if (dragged !== undefined) setDragged({ ...dragged, at: barBelow(event) });
  };
  const onUp = () => {
    if (dragged === undefined) return;
    setDragged(undefined);
    open(dragged);
  };

  // At first the newest bar with failed tasks.
  const newest = arrivals.findLast(({ failedTasks }) => failedTasks > 0)?.begin ?? last;
  const range = chosen ?? { anchor: newest, at: newest };
  const onKey = (event: KeyboardEvent) => {
    const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
    if (altKey || ctrlKey || metaKey) return;
    const moved = movedRange(range, key, shiftKey, first, last);
    const isCleared = key === 'Escape' && chosen !== undefined;
    if (moved === undefined && !isCleared && key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    if (key === 'Enter') open(range);
    else setChosen(moved);
  };

  const total = (from: number, to: number) => {
    const bars = arrivals.filter(({ begin }) => begin >= from && begin < to);
    const failed = bars.reduce((sum, each) => sum + each.failedTasks, 0);
    const came = bars.reduce((sum, each) => sum + each.count, 0);
    return `${count(came)} came, ${counted(failed, 'task')} failed`;
  };
  const said = ([from, to]: readonly [number, number]) =>
    `${clock(from)} to ${clock(to)}: ${total(from, to)}`;
  const marked = (shown: PlotRange, name: string) => {
    const [from, to] = edgesOf(shown).map(x) as [number, number];
    return html`<rect class=${name} x=${from} y="0" width=${Math.max(1, to - from)} height=${LANE + DEEPEST} />`;
  };
  const isHighestNamed = labels.some(({ count: number }) => number === mostFailed);

  return html`<div class="plot">
    <p class="plot-head"><span>Arrivals in 10 min</span> <span class="failed"><svg viewBox="0 0 8 8" width="0.5rem" height="0.5rem" aria-hidden="true"><path d="M0 0.5h8L4 7.5z" /></svg> failed tasks${
      mostFailed > 1 && !isHighestNamed && `, most ${count(mostFailed)}`
    }</span></p>
    <p class="said" id="arrivals">From ${clock(since)} to ${clock(until)}, ${total(first, until)}, most ${count(most)} in ten minutes. ${HOW}</p>
    <div ref=${place} class="plot-place">
      <svg
        role="slider"
        tabindex="0"
        aria-label="Arrivals"
        aria-describedby="arrivals"
        aria-valuemin="0"
        aria-valuemax=${arrivals.length - 1}
        aria-valuenow=${Math.max(0, (range.at - first) / SLOT_MS)}
        aria-valuetext=${said(edgesOf(range))}
        viewBox="0 0 ${width} ${HEIGHT}"
        width=${width}
        height=${HEIGHT}
        onKeyDown=${onKey}
        onPointerDown=${onDown}
        onPointerMove=${onMove}
        onPointerUp=${onUp}
        onPointerCancel=${() => setDragged(undefined)}
      >
        ${line > 0 && html`<path class="line" d="M${sides} ${BASE - high(line)}h${inner}" />`}
        <path class="base" d="M${sides} ${BASE + 0.5}h${inner}" />
        ${marked(range, 'chosen')}
        ${arrivals.map(({ begin, count: number, failedTasks }, index) => {
          const [left, end] = [x(begin), x(begin + SLOT_MS)];
          const right = Math.max(left + 0.5, end - 1);
          const isGoingOn = index === arrivals.length - 1;
          return html`<g>
            <title>${said([begin, begin + SLOT_MS])}</title>
            <rect class="slot" x=${left} y="0" width=${end - left} height=${LANE + DEEPEST} />
            <rect class=${isGoingOn ? 'bar going-on' : 'bar'} x=${left} y=${BASE - high(number)} width=${right - left} height=${high(number)} />
            <rect class="failed" x=${left} y=${LANE} width=${Math.max(1, right - left)} height=${deep(failedTasks)} />
          </g>`;
        })}
        ${line > 0 && html`<text x=${side === 'left' ? sides : width - sides} y=${BASE - high(line) - 3} text-anchor=${side === 'left' ? 'start' : 'end'}>${count(line)}</text>`}
        ${labels.map(({ index, count: number, side: beside }) => {
          const begin = arrivals[index]?.begin ?? since;
          const at = beside === 'left' ? x(begin) - 4 : x(begin + SLOT_MS) + 3;
          return html`<text class="peak" x=${at} y=${LANE + 11} text-anchor=${beside === 'left' ? 'end' : 'start'}>${count(number)}</text>`;
        })}
        ${hoursBelow(since, until, inner, 56).map(
          (hour) => html`<g>
            <path class="tick" d="M${x(hour)} ${AXIS - 13}v4" />
            <text x=${x(hour)} y=${AXIS + 1} text-anchor="middle">${clock(hour)}</text>
          </g>`,
        )}
        ${dragged !== undefined && marked(dragged, 'drag')}
      </svg>
    </div>
  </div>`;
}

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
