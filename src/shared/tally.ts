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

/**
 * Which workers, in few words: `render-035 ×2, 5 others, one each`, or `render-035 ×2, render-001` if there is one
 * other; `6 workers, one task each`, or `6 workers, up to 2 each` if none of them stands out.
 *
 * @param brief shortens a name beside others
 * @returns several forms, the longest first; none without a name
 */
export function workersTexts(all: Tally, brief: (name: string) => string): readonly string[] {
  const [first, ...others] = all;
  if (first === undefined) return [];
  const [name, count] = first;
  const top = timesText([brief(name), count]);
  if (others.length === 0) return [top];
  const isEach = others.every(([, each]) => each === 1);
  if (isEach && count === 1) {
    const workers = `${all.length} workers`;
    return [`${workers}, one task each`, `${workers}, one each`, workers];
  }
  const tied = others.filter(([, each]) => each === count).length;
  if (tied > 0) {
    const workers = `${all.length} workers`;
    return [`${workers}, ${tied < others.length ? 'up to ' : ''}${count} each`, workers];
  }
  const rest = `${top}, ${othersText(others.length)}`;
  const short = [rest, `${top}, ${others.length} more`, top];
  if (others.length === 1) {
    return [tallyText(all.map(([each, times]) => [brief(each), times])), ...short];
  }
  return isEach ? [`${rest}, one each`, ...short] : short;
}

export function timesText([name, count]: readonly [string, number]): string {
  return count === 1 ? name : `${name} ×${count}`;
}

export function othersText(count: number): string {
  return count === 1 ? '1 other' : `${count} others`;
}
