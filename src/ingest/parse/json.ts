import { type ExactNumber, exactNumber } from './exact-number.ts';

export type Json =
  | null
  | boolean
  | number
  | ExactNumber
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * Where a text may hold a number that a JavaScript number would change: one of 16 characters or
 * more (up to 15 digits, a double gives back the decimal it was given), or one with an exponent.
 * Text inside a string may match too; that costs time, not truth.
 */
const MAY_CHANGE = /[[:,\s]-?(?:[\d.]{16}|[\d.]+[eE])/;

/**
 * Parses JSON so that every number keeps the value its text has: an `ExactNumber` where a
 * JavaScript number cannot hold it. The reviver that reads the texts is slow, so it runs only
 * where the text may need it.
 *
 * @throws SyntaxError when the text is not JSON
 * @throws RangeError when it nests too deeply to be revived
 */
export function parseJson(text: string): Json {
  return MAY_CHANGE.test(text) ? JSON.parse(text, keepValue as Reviver) : JSON.parse(text);
}

/** As TypeScript knows it: without the context (ECMAScript 2026, "JSON.parse source text access"). */
type Reviver = (key: string, value: unknown) => unknown;

function keepValue(_key: string, value: unknown, { source }: { source: string }): unknown {
  return typeof value === 'number' ? exactNumber(value, source) : value;
}
