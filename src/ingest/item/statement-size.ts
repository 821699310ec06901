import type { Attributes } from './attribute-value.ts';

/**
 * The maximum size of a statement (API reference, `BatchStatementRequest`, in characters; DynamoDB Local
 * counts bytes).
 */
export const MAX_STATEMENT_BYTES = 8_192;
/** Room for the rest of an `UPDATE`: a table name of up to 255 characters, and the conditions. */
const OTHER_BYTES = 512;

/**
 * Whether the names of a row take at most one of so many parts of a statement. Those of an item take at most
 * half. So a stored row can always be replaced: the statement sets all names of the new item, and removes all
 * names of the stored one.
 */
export function fitsStatement(attributes: Attributes, parts = 2): boolean {
  const names = Object.keys(attributes);
  const room = (MAX_STATEMENT_BYTES - OTHER_BYTES) / parts;
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
