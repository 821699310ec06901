import { InvalidArgumentError, Option } from 'commander';
import ms, { type StringValue } from 'ms';
import { ago, parseLocalTime } from '../terminal/time.ts';
import { knownStatus } from './status.ts';

/** `--status`, in any case, parsed to Deadline's spelling. */
export function statusOption(description: string): Option {
  return new Option('--status <status>', description).argParser((text) => knownStatus(name(text)));
}

/** `--since`, parsed to ms since the epoch. */
export function sinceOption(description: string): Option {
  return new Option('--since <time>', description).argParser(timeOrDuration);
}

/** `--since` of a list. @param fallback the default duration */
export function listSinceOption(fallback: string): Option {
  return sinceOption('how far back to look: 24h, 7d, or a time such as "2026-11-25 20:00"').default(
    timeOrDuration(fallback),
    fallback,
  );
}

export function timeoutOption(description: string): Option {
  return new Option('--timeout <duration>', description).argParser(timeout);
}

export function limitOption(): Option {
  return new Option('--limit <number>', 'the most rows to show').argParser(count);
}

/**
 * Parses a duration such as `90s`, `30m`, `12h`, or `7d`. Returns ms.
 *
 * @throws InvalidArgumentError for any other text
 */
export function duration(text: string): number {
  const written = trimmed(text);
  const isWritten = /^\d{1,15}(\.\d{1,15})?\s*[a-z]{1,15}$/i.test(written);
  const span = isWritten ? ms(written as StringValue) : undefined;
  if (span === undefined || Number.isNaN(span) || span <= 0) {
    throw new InvalidArgumentError('Expected a number and a unit, such as 90s, 30m, 12h, or 7d.');
  }
  return span;
}

/**
 * Parses a time, or a duration that ends now, to ms since the epoch.
 *
 * @throws InvalidArgumentError for any other text
 */
function timeOrDuration(text: string): number {
  const time = parseLocalTime(trimmed(text));
  if (time !== undefined) return time;
  try {
    return ago(duration(text));
  } catch (error) {
    throw new InvalidArgumentError(
      `${(error as Error).message} Or a time, such as 2026-11-25T20:00:00Z, or without the Z in the local time zone.`,
    );
  }
}

/** The longest Node.js timer, in ms: about 24 days. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Parses a duration that a timer can run. Returns whole ms. */
function timeout(text: string): number {
  const span = Math.ceil(duration(text));
  if (span <= LONGEST_TIMER) return span;
  throw new InvalidArgumentError('The maximum is 24 days.');
}

function count(text: string): number {
  const written = trimmed(text);
  if (/^[1-9]\d{0,8}$/.test(written)) return Number(written);
  throw new InvalidArgumentError('Expected a whole number from 1 to 999999999.');
}

/**
 * A name or an id, without the blanks around it.
 *
 * @throws InvalidArgumentError if nothing is left
 */
export function name(text: string): string {
  const written = trimmed(text);
  if (written !== '') return written;
  throw new InvalidArgumentError('Must not be empty.');
}

/** What pasting or another program puts around a word: blanks, line ends, and characters without a width. */
const AROUND =
  '[\\s\\u0085\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069]+';
const BLANKS = new RegExp(`^${AROUND}|${AROUND}$`, 'gu');

/** @throws InvalidArgumentError if there are control characters inside */
function trimmed(text: string): string {
  const written = text.replaceAll(BLANKS, '');
  if (!/\p{Cc}/u.test(written)) return written;
  throw new InvalidArgumentError('Must not contain control characters, such as tabs or line ends.');
}
