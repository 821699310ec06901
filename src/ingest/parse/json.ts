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
 * Matches text that may hold a number which JavaScript would change: one of 16 characters or more (a
 * double keeps up to 15 digits), or one with an exponent. Text inside a string may match, too: that costs
 * time, and changes nothing.
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

/** The reviver as TypeScript knows it: without the context (ECMAScript 2026, "JSON.parse source text access"). */
type Reviver = (key: string, value: unknown) => unknown;

function keepValue(_key: string, value: unknown, { source }: { source: string }): unknown {
  return typeof value === 'number' ? exactNumber(value, source) : value;
}
