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
 * @param fixed attributes that stay as they are
 * @param texts those that may be cut; empty ones are left out
 * @param cut names of others that are shortened already
 */
export function fitted(
  fixed: Attributes,
  texts: Readonly<Record<string, string | undefined>>,
  cut: readonly string[],
): Attributes {
  const attributes = { ...fixed };
  for (const [name, text] of Object.entries(texts)) if (text) attributes[name] = { S: text };
  if (cut.length === 0 && itemSize(attributes) <= MAX_ENTRY_BYTES) return attributes;

  const names = Object.keys(texts).filter((name) => attributes[name]);
  const withoutTexts = Object.fromEntries(names.map((name) => [name, { S: '' }]));
  const allCut = { L: [...cut, ...names].map((name) => ({ S: name })) };
  const room = MAX_ENTRY_BYTES - itemSize({ ...attributes, ...withoutTexts, cut: allCut });
  const limit = commonLimit(
    names.map((name) => Buffer.byteLength(texts[name] as string)),
    room,
  );
  const shortened = [...cut];
  for (const name of names) {
    const text = texts[name] as string;
    if (Buffer.byteLength(text) <= limit) continue;
    attributes[name] = { S: `${beginning(text, limit - ELLIPSIS_BYTES)}${ELLIPSIS}` };
    shortened.push(name);
  }
  return {
    ...attributes,
    ...(shortened.length > 0 && { cut: { L: shortened.map((S) => ({ S })) } }),
  };
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
