import { InvalidArgumentError, Option } from 'commander';
import ms, { type StringValue } from 'ms';
import { knownStatus } from './status.ts';

/** `--status`, as Deadline writes it, whatever its case. */
export function statusOption(description: string): Option {
  return new Option('--status <status>', description).argParser(knownStatus);
}

/** @param fallback how far back a command looks if it is not told */
export function sinceOption(fallback: string): Option {
  return new Option('--since <duration>', 'of the last so many hours or days, such as 24h or 7d')
    .argParser(duration)
    .default(duration(fallback), fallback);
}

export function timeoutOption(whatFor: string): Option {
  const description = `how long to wait${whatFor}, such as 90s or 2h`;
  return new Option('--timeout <duration>', description).argParser(timeout);
}

export function limitOption(): Option {
  return new Option('--limit <number>', 'how many at most').argParser(count);
}

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

/** A span of time after which something is to end, in whole ms. */
function timeout(text: string): number {
  const span = Math.ceil(duration(text));
  if (span <= LONGEST_TIMER) return span;
  throw new InvalidArgumentError('It is at most 24 days.');
}

function count(text: string): number {
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
