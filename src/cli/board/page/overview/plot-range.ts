/** How long what a bar stands for is. */
export const SLOT_MS = 600_000;

/** A range of bars, by the times in ms at which they begin: where it was begun, and where it ends now. */
export interface PlotRange {
  readonly anchor: number;
  readonly at: number;
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -6,
  PageUp: 6,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The begin of the bar at a time. */
export function barAt(ms: number): number {
  return Math.floor(ms / SLOT_MS) * SLOT_MS;
}

/**
 * The range after a key; undefined if the key means nothing.
 *
 * @param isExtended whether the range grows, and does not move
 * @param first the begin of the first bar
 * @param last the begin of the last bar
 */
export function movedRange(
  { anchor, at }: PlotRange,
  key: string,
  isExtended: boolean,
  first: number,
  last: number,
): PlotRange | undefined {
  const step = STEPS[key];
  if (step === undefined) return undefined;
  const to = Math.max(first, Math.min(last, at + step * SLOT_MS));
  return { anchor: isExtended ? anchor : to, at: to };
}

/** The first ms of a range, and the first after it. */
export function edgesOf({ anchor, at }: PlotRange): readonly [from: number, to: number] {
  return [Math.min(anchor, at), Math.max(anchor, at) + SLOT_MS];
}

/** A range as parameters of a URL: `since=2026-11-24T01:40Z`. */
export function rangeQuery(range: PlotRange): Readonly<Record<'since' | 'until', string>> {
  const [since, until] = edgesOf(range);
  return { since: isoMinute(since), until: isoMinute(until) };
}

function isoMinute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`;
}
