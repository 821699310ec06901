/** A range of frames; both ends are included. */
type Range = readonly [first: number, last: number];

/** A frame, or a range of frames without a step, such as `-10--5`. */
const RANGE = /^(-?\d{1,15})(?:-(-?\d{1,15}))?$/;

/**
 * Joins lists of frames as Deadline writes them to one, sorted, with ranges that touch or overlap joined:
 * `1-10` and `11-20,25` become `1-20, 25`. What is no range, such as `1-100x5`, stays as it is, at the end.
 */
export function joinFrames(lists: Iterable<string | undefined>): string {
  const ranges: Range[] = [];
  const others = new Set<string>();
  for (const list of lists) {
    for (const part of (list ?? '').split(/[,\s]+/)) {
      const range = parseRange(part);
      if (range) ranges.push(range);
      else if (part !== '') others.add(part);
    }
  }
  return [...joined(ranges).map(rangeText), ...others].join(', ');
}

/** A list of frames as Deadline writes it, without the repetition in `136-136`, as it writes single frames. */
export function briefFrames(list: string | undefined): string | undefined {
  return list?.replaceAll(/(?<![\d-])(-?\d+)-\1(?![\dx])/g, '$1');
}

/** How many frames a list has as Deadline writes it; `undefined` if it has what is no range. */
export function countFrames(list: string): number | undefined {
  let count = 0;
  for (const part of list.split(/[,\s]+/)) {
    const range = parseRange(part);
    if (range) count += range[1] - range[0] + 1;
    else if (part !== '') return undefined;
  }
  return count;
}

/** The frames with which a list begins and ends as Deadline writes it, also with steps, as in `1-100x5`. */
export function frameEnds(list: string): { first: string | undefined; last: string | undefined } {
  const [first] = /^-?\d+/.exec(list) ?? [];
  const [, last] = /(?:^|[-,\s])(-?\d+)(?:x\d+)?$/.exec(list) ?? [];
  return { first, last };
}

function parseRange(text: string): Range | undefined {
  const [match, first, last = first] = RANGE.exec(text) ?? [];
  if (match === undefined) return undefined;
  const ends = [Number(first), Number(last)];
  return [Math.min(...ends), Math.max(...ends)];
}

function joined(ranges: readonly Range[]): Range[] {
  const all: [number, number][] = [];
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const before = all.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else all.push([first, last]);
  }
  return all;
}

function rangeText([first, last]: Range): string {
  return first === last ? String(first) : `${first}-${last}`;
}
