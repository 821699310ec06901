import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Attributes } from '../item/attribute-value.ts';
import { itemSize } from '../item/item-size.ts';

/** The size of an entry at most, in bytes: that of a write unit. */
export const MAX_ENTRY_BYTES = 1_024;

const ELLIPSIS = '…';
/** In UTF-8. */
const ELLIPSIS_BYTES = 3;

/**
 * An entry of at most `MAX_ENTRY_BYTES`. If it would be larger, its longest texts are cut to the same length,
 * end with `…`, and are named in `cut`.
 *
 * @param texts the names of the attributes that may be cut; the others stay as they are
 * @param cut the names of attributes that are shortened already
 */
export function fitted(
  entry: Attributes,
  texts: readonly string[],
  cut: readonly string[],
): Attributes {
  if (cut.length === 0 && (isSmall(entry) || itemSize(entry) <= MAX_ENTRY_BYTES)) return entry;
  const names = texts.filter((name) => entry[name]);
  const text = (name: string) => entry[name]?.S as string;
  const withoutTexts = Object.fromEntries(names.map((name) => [name, { S: '' }]));
  const room =
    MAX_ENTRY_BYTES - itemSize({ ...entry, ...withoutTexts, cut: listed([...cut, ...names]) });
  const limit = commonLimit(
    names.map((name) => Buffer.byteLength(text(name))),
    room,
  );
  const long = names.filter((name) => Buffer.byteLength(text(name)) > limit);
  const shortened = long.map((name) => {
    return [name, { S: beginning(text(name), limit - ELLIPSIS_BYTES) + ELLIPSIS }];
  });
  const allCut = [...cut, ...long];
  return {
    ...entry,
    ...Object.fromEntries(shortened),
    ...(allCut.length > 0 && { cut: listed(allCut) }),
  };
}

/** Whether an entry is small even if each of its characters took three bytes, which costs less to tell than its size. */
function isSmall(entry: Attributes): boolean {
  let characters = 0;
  for (const name in entry) characters += name.length + textOf(entry[name]).length;
  return 3 * characters <= MAX_ENTRY_BYTES;
}

/** A text, or a number, which takes at most twice as many bytes as characters. */
function textOf(value: AttributeValue | undefined): string {
  return value?.S ?? value?.N ?? '';
}

function listed(names: readonly string[]) {
  return { L: names.map((S) => ({ S })) };
}

/** The greatest length to which all that are longer must be cut, so that together they take up the room. */
function commonLimit(lengths: readonly number[], room: number): number {
  let left = room;
  const ascending = lengths.toSorted((a, b) => a - b);
  for (const [index, length] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index));
    if (length > share) return share;
    left -= length;
  }
  return Infinity;
}

/** The beginning of a text, of at most so many bytes in UTF-8, without half a character at its end. */
function beginning(text: string, bytes: number): string {
  const whole = Buffer.from(text);
  let end = bytes;
  // Bytes within a character begin with the bits 10.
  while (((whole[end] ?? 0) & 0b1100_0000) === 0b1000_0000) end -= 1;
  return whole.toString('utf8', 0, end);
}
