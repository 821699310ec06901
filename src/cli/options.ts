import { InvalidArgumentError } from 'commander';
import ms, { type StringValue } from 'ms';

/**
 * A span of time as people write it, such as `90s`, `30m`, `12h` or `7d`, in ms.
 *
 * @throws InvalidArgumentError for any other text
 */
export function duration(text: string): number {
  const isWritten = /^\d+(\.\d+)?\s*[a-z]+$/i.test(text);
  const span = isWritten ? ms(text as StringValue) : undefined;
  if (span === undefined || Number.isNaN(span) || span <= 0) {
    throw new InvalidArgumentError('It is a number and a unit, such as 90s, 30m, 12h or 7d.');
  }
  return span;
}

/** The longest that a timer runs, in ms: some 24 days. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * A span of time after which something is to end, in whole ms.
 *
 * @throws InvalidArgumentError for what is no span, or too long
 */
export function timeout(text: string): number {
  const span = Math.ceil(duration(text));
  if (span <= LONGEST_TIMER) return span;
  throw new InvalidArgumentError('It is at most 24 days.');
}

/**
 * How many of something.
 *
 * @throws InvalidArgumentError for what is no whole number from 1
 */
export function count(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number from 1 to 999999999.');
}

/**
 * A name, or an id.
 *
 * @throws InvalidArgumentError for an empty text
 */
export function name(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('It must not be empty.');
}
