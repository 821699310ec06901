import type { NewestBy } from '../../shared/setting-values.ts';
import type { Attributes } from './attribute-value.ts';
import { compareContents } from './content.ts';

/** How new a notification or its row is. */
export interface Version {
  /** When SQS received the message, in ms since the epoch. */
  readonly sentTimestamp: number;
  /** The notification's own `Timestamp`. Parsed only when needed. */
  readonly timestamp: string | undefined;
  /** The whole row, which decides between notifications of the same times. */
  readonly attributes: Attributes;
}

/** Earlier than any instant that a `Timestamp` can name. */
const UNKNOWN_INSTANT = -(2n ** 63n);

const ISO_8601 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/;

/**
 * Parses a `Timestamp` to ticks of 100 ns since the epoch, the resolution of .NET. The texts themselves do
 * not sort, because .NET writes up to seven fractional digits without trailing zeros. Without a zone, it is
 * UTC, as Deadline's are. Any other text counts as the earliest time.
 */
// Stryker disable next-line StringLiteral: any other text that is not a time would do.
export function parseInstant(timestamp = ''): bigint {
  // Stryker disable next-line ArrayDeclaration: any other list without seconds would do.
  const [, seconds, fraction = '', zone = 'Z'] = ISO_8601.exec(timestamp) ?? [];
  const ms = Date.parse(`${seconds}${zone}`);
  if (Number.isNaN(ms)) return UNKNOWN_INSTANT;
  return BigInt(ms) * 10_000n + BigInt(fraction.slice(0, 7).padEnd(7, '0'));
}

/** The version of a row or an item. An unreadable time is the earliest. */
export function readVersion(attributes: Attributes): Version {
  const { sent_timestamp, timestamp } = attributes;
  const sentTimestamp = sent_timestamp?.N === undefined ? -Infinity : Number(sent_timestamp.N);
  return { sentTimestamp, timestamp: timestamp?.S, attributes };
}

/** Positive if `a` is newer than `b`, negative if it is older, 0 if they are the same notification. */
export function compareVersions(a: Version, b: Version, newestBy: NewestBy): number {
  const bySent = a.sentTimestamp - b.sentTimestamp;
  if (newestBy === 'sent_timestamp' && bySent) return bySent;
  return compareInstants(a, b) || bySent || compareContents(a.attributes, b.attributes);
}

/** Whether only their contents tell the two apart. */
export function haveSameTimes(a: Version, b: Version): boolean {
  return a.sentTimestamp === b.sentTimestamp && compareInstants(a, b) === 0;
}

/** Whether its `Timestamp` is a time. */
export function hasInstant({ timestamp }: Version): boolean {
  return parseInstant(timestamp) !== UNKNOWN_INSTANT;
}

function compareInstants(a: Version, b: Version): number {
  return Number(parseInstant(a.timestamp) - parseInstant(b.timestamp));
}

/** Groups items by their row, each group newest first. */
export function newestFirst<T extends { readonly id: string; readonly version: Version }>(
  items: readonly T[],
  newestBy: NewestBy,
): T[][] {
  const rows = [...Map.groupBy(items, (item) => item.id).values()];
  for (const row of rows) row.sort((a, b) => compareVersions(b.version, a.version, newestBy));
  return rows;
}
