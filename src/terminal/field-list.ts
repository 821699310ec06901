import stringWidth from 'string-width';
import type { Elide } from './elide.ts';
import { type Cell, longestThatFits } from './table.ts';

/** A name and a value. */
export interface Field {
  readonly name: string;
  readonly value: Cell;
  /** How a value without room is cut; at its end if it is not set. */
  readonly elide?: Elide;
}

/** Fields, some of them on the right of others, or lines as they are. */
export type FieldBlock =
  | { readonly left: readonly Field[]; readonly right?: readonly Field[] }
  | { readonly lines: readonly string[] };

/** Columns of the terminal before the values on the left. */
export const VALUE_START = 12;
/** Columns of the terminal of names on the right, before them at least, and between both. */
const [RIGHT_NAME, RIGHT, GAP] = [11, 43, 2];

/**
 * Lays fields out as names and values. Where the terminal is too narrow for two beside each other, those on the
 * right come below those on the left.
 *
 * @param width in columns of the terminal; with `Infinity`, nothing is cut
 * @param paint colors a name
 */
export function fieldLines(
  blocks: readonly FieldBlock[],
  width: number,
  paint: (name: string) => string,
): string[] {
  const line = ({ name, value, elide }: Field, names: number, room: number) =>
    paint(name) + ' '.repeat(names - name.length) + longestThatFits(value, room, elide);
  const pairs = blocks.flatMap((block) => ('left' in block && block.right ? [block] : []));
  const [left, right] = [
    pairs.flatMap((each) => each.left),
    pairs.flatMap((each) => each.right ?? []),
  ];
  const hasRoom = width >= RIGHT + RIGHT_NAME + widest(right, -1);
  const wanted = VALUE_START + widest(left, 0) + GAP;
  const start = Math.max(RIGHT, Math.min(wanted, width - RIGHT_NAME - widest(right, 0)));
  return blocks.flatMap((block) => {
    if ('lines' in block) return block.lines;
    if (!hasRoom || !block.right) {
      return [...block.left, ...(block.right ?? [])].map((each) =>
        line(each, VALUE_START, width - VALUE_START),
      );
    }
    return zipped(block.left, block.right).map(([one, other]) => {
      const text = one ? line(one, VALUE_START, start - VALUE_START - GAP) : '';
      if (!other) return text;
      const gap = ' '.repeat(start - stringWidth(text));
      return text + gap + line(other, RIGHT_NAME, width - start - RIGHT_NAME);
    });
  });
}

function zipped<T>(some: readonly T[], others: readonly T[]): [T | undefined, T | undefined][] {
  const length = Math.max(some.length, others.length);
  return Array.from({ length }, (_, index) => [some[index], others[index]]);
}

/** The width of the widest value, in its longest form (0) or its shortest (-1). */
function widest(fields: readonly Field[], form: 0 | -1): number {
  const widths = fields.map(({ value }) =>
    stringWidth(typeof value === 'string' ? value : (value.at(form) as string)),
  );
  return Math.max(0, ...widths);
}
