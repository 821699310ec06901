import type { Attributes } from './attribute-value.ts';

/**
 * The maximum size of a statement (API reference, `BatchStatementRequest`, in characters; DynamoDB Local
 * counts bytes).
 */
export const MAX_STATEMENT_BYTES = 8_192;
/** Room for the rest of an `UPDATE`: a table name of up to 255 characters, and the conditions. */
const OTHER_BYTES = 512;

/**
 * Whether an item's names take at most half of a statement. This ensures that a stored row can always be
 * replaced by a statement that sets all names of a new item and removes all names of the stored one.
 */
export function fitsStatement(attributes: Attributes): boolean {
  const names = Object.keys(attributes);
  const room = (MAX_STATEMENT_BYTES - OTHER_BYTES) / 2;
  // A quick check, enough for nearly all items: a character has at most three bytes, doubled quotes two.
  const characters = names.reduce((sum, name) => sum + 'SET "" = ? '.length + name.length, 0);
  if (characters * 3 <= room) return true;
  return Buffer.byteLength(names.map((name) => `SET ${quoted(name, '"')} = ? `).join('')) <= room;
}

/** Quotes a name for PartiQL: tables and attributes in `"`, keys of a map in `'`. */
export function quoted(name: string, quote: '"' | "'"): string {
  const doubled = name.includes(quote) ? name.replaceAll(quote, quote + quote) : name;
  return `${quote}${doubled}${quote}`;
}
