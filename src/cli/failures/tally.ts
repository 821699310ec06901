import { elideEnd } from '../../terminal/elide.ts';
import type { Cell } from '../../terminal/table.ts';

/** Stands for a worker that a row does not name. */
export const UNNAMED = 'not known';

/** How often each name came, the most frequent first. */
export type Tally = readonly (readonly [name: string, count: number])[];

const COLLATOR = new Intl.Collator('en', { numeric: true });

/** Counts names; those that came equally often are in the order of their names. */
export function tally(names: Iterable<string>): Tally {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return tallyOf(counts);
}

export function tallyOf(counts: ReadonlyMap<string, number>): Tally {
  return [...counts].sort(([a, x], [b, y]) => y - x || COLLATOR.compare(a, b));
}

/** The whole tally, such as `render-035 ×2, render-001`. */
export function tallyText(all: Tally): string {
  return all.map(timesText).join(', ');
}

/** Characters of a name at the head of others. */
const SHOWN = 16;

/**
 * Which workers, in few words: `render-035 ×2, 5 others, one each`, or `6 workers, one task each`.
 *
 * @returns several forms, the longest first
 */
export function workersCell(all: Tally): Cell {
  const [first, ...others] = all;
  if (first === undefined) return '–';
  const [name, count] = first;
  const top = timesText([elideEnd(name, SHOWN), count]);
  if (others.length === 0) return top;
  const isEach = others.every(([, each]) => each === 1);
  if (isEach && count === 1) {
    const workers = `${all.length} workers`;
    return [`${workers}, one task each`, `${workers}, one each`, workers];
  }
  const rest = `${top}, ${othersText(others.length)}`;
  const short: [string, string, string] = [rest, `${top}, ${others.length} more`, top];
  return isEach ? [`${rest}, one each`, ...short] : short;
}

/** Which jobs, in few words: `sq090_comp_v005 ×2, 1 other`; several forms, the longest first. */
export function jobsCell(all: Tally): Cell {
  const [first, ...others] = all;
  if (first === undefined) return '';
  if (others.length === 0) return timesText(first);
  const top = timesText(first);
  return [`${top}, ${othersText(others.length)}`, `${top}, ${others.length} more`, top];
}

function timesText([name, count]: readonly [string, number]): string {
  return count === 1 ? name : `${name} ×${count}`;
}

function othersText(count: number): string {
  return count === 1 ? '1 other' : `${count} others`;
}
