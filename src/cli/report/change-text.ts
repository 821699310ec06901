import { countText } from '../amount-text.ts';

/** What is said where there was none before. */
const NONE_BEFORE = 'none before';

/** What the share of a count or an amount is called from this factor on. */
const TIMES = 2;

/**
 * How a figure differs from what it was before, in words: `3 more`, `2 fewer`, `18 % less`, `2.4 times as much`.
 *
 * @returns null if one of them is not known
 */
export function changeText(
  now: number | null,
  before: number | null,
  isCount: boolean,
): string | null {
  if (now === null || before === null) return null;
  if (now === before) return 'the same';
  if (before === 0) return NONE_BEFORE;
  if (now === 0) return 'none now';
  if (isCount) return countChange(now, before);
  const factor = now / before;
  if (factor >= TIMES) return `${factor.toFixed(1)} times as much`;
  const percent = Math.min(99, Math.round(100 * Math.abs(factor - 1)));
  if (percent === 0) return 'about the same';
  return `${percent} % ${factor > 1 ? 'more' : 'less'}`;
}

/** A change with what was before, such as `18 % more (2.5 h before)`, unless the change says that. */
export function withBefore(change: string, before: string): string {
  return change === NONE_BEFORE ? change : `${change} (${before} before)`;
}

function countChange(now: number, before: number): string {
  const difference = countText(Math.abs(now - before));
  return `${difference} ${now > before ? 'more' : 'fewer'}`;
}
