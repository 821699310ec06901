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
 * Matches text that may contain a number that JavaScript would change: one of 16 characters or more (a
 * double keeps up to 15 digits), or one with an exponent. It may also match text within a string, which
 * costs time but changes nothing.
 */
const MAY_CHANGE = /[[:,\s]-?(?:[\d.]{16}|[\d.]+[eE])/;

/**
 * Parses JSON without changing any number: those that a JavaScript number cannot hold become an
 * `ExactNumber`. The reviver that does this is slow, so it runs only if needed.
 *
 * @throws SyntaxError if the text is not JSON
 * @throws RangeError if it is nested too deeply for the reviver
 */
export function parseJson(text: string): Json {
  return MAY_CHANGE.test(text) ? JSON.parse(text, keepValue as Reviver) : JSON.parse(text);
}

/** TypeScript's reviver type, which lacks the context (ECMAScript 2026, "JSON.parse source text access"). */
type Reviver = (key: string, value: unknown) => unknown;

function keepValue(_key: string, value: unknown, { source }: { source: string }): unknown {
  return typeof value === 'number' ? exactNumber(value, source) : value;
}
