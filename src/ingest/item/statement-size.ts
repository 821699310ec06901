import type { Attributes } from './attribute-value.ts';

/**
 * What DynamoDB takes as one statement (API reference, `BatchStatementRequest`, in characters;
 * DynamoDB Local counts bytes).
 */
export const MAX_STATEMENT_BYTES = 8_192;
/** What an `UPDATE` has beside `SET` and `REMOVE`: a table's name of up to 255, and its conditions. */
const OTHER_BYTES = 512;

/**
 * Whether an item's names leave room in a statement for as many others: a row that was inserted can
 * then be replaced by a notification that sets all of its own names and removes all of these.
 */
export function fitsStatement(attributes: Attributes): boolean {
  const names = Object.keys(attributes);
  const room = (MAX_STATEMENT_BYTES - OTHER_BYTES) / 2;
  // A character has three bytes at most, or is a quote that is doubled; nearly all items have few names.
  const characters = names.reduce((sum, name) => sum + 'SET "" = ? '.length + name.length, 0);
  if (characters * 3 <= room) return true;
  return Buffer.byteLength(names.map((name) => `SET ${quoted(name, '"')} = ? `).join('')) <= room;
}

/** A name as PartiQL has it: in `"` where it stands for a table or an attribute, in `'` as a key of a map. */
export function quoted(name: string, quote: '"' | "'"): string {
  const doubled = name.includes(quote) ? name.replaceAll(quote, quote + quote) : name;
  return `${quote}${doubled}${quote}`;
}
