import type { Arrivals } from '../../state/farm-state.ts';

/** A round number below the highest bar, for the plot's one line: 1, 2, or 5 times a power of ten. */
export function roundBelow(most: number): number {
  if (most < 1) return 0;
  const power = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map((times) => times * power).find((round) => round <= most) ?? power;
}

/** The number of a bar of failed tasks, and at which of its sides there is room for it. */
export interface PeakLabel {
  readonly index: number;
  readonly count: number;
  readonly side: 'left' | 'right';
}

const MOST_LABELS = 3;
/** In px: the width of a digit, and the gap to the bar. */
const DIGIT = 6.5;
const GAP = 4;

/**
 * Labels for the highest bars of failed tasks that have room for one beside them.
 *
 * @param slot the pitch of bars, in px
 * @param margin the room left of the first bar, in px
 */
export function peakLabels(
  arrivals: readonly Pick<Arrivals, 'failedTasks'>[],
  slot: number,
  margin: number,
): PeakLabel[] {
  const taken = new Set(
    arrivals.flatMap(({ failedTasks }, index) => (failedTasks > 0 ? [index] : [])),
  );
  const labels: PeakLabel[] = [];
  const peaks = arrivals
    .map(({ failedTasks }, index) => ({ index, count: failedTasks }))
    .filter(({ count }) => count > 1)
    .sort((a, b) => b.count - a.count);
  for (const { index, count } of peaks) {
    if (labels.length === MOST_LABELS) break;
    const width = String(count).length * DIGIT + GAP;
    const bars = Math.ceil(width / slot);
    for (const side of ['left', 'right'] as const) {
      if (side === 'left' && index * slot + margin < width) continue;
      const room = Array.from({ length: bars }, (_, step) =>
        side === 'left' ? index - 1 - step : index + 1 + step,
      );
      if (room.some((each) => taken.has(each) || each >= arrivals.length)) continue;
      for (const each of room) taken.add(each);
      labels.push({ index, count, side });
      break;
    }
  }
  return labels;
}

/**
 * At which end of the plot the number of its line is not over bars.
 *
 * @param slot the pitch of bars, in px
 */
export function lineSide(
  arrivals: readonly Pick<Arrivals, 'count'>[],
  line: number,
  slot: number,
): 'left' | 'right' {
  const beside = Math.ceil((String(line).length * DIGIT + GAP) / slot);
  const isOver = (bars: readonly Pick<Arrivals, 'count'>[]) =>
    bars.some(({ count }) => count > line);
  return isOver(arrivals.slice(-beside)) && !isOver(arrivals.slice(0, beside)) ? 'left' : 'right';
}

/** The whole hours to name below the plot, in ms, at most one in `apart` px. */
export function hoursBelow(since: number, until: number, width: number, apart: number): number[] {
  const HOUR = 3_600_000;
  const hourWidth = (HOUR / (until - since)) * width;
  const step = [1, 2, 3, 6, 12, 24].find((hours) => hours * hourWidth >= apart) ?? 48;
  const first = new Date(since);
  first.setMinutes(60, 0, 0);
  const hours: number[] = [];
  for (let at = first.getTime(); at <= until; at += HOUR) {
    if (new Date(at).getHours() % step === 0) hours.push(at);
  }
  return hours;
}
