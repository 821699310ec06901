import { EXPIRES_AT } from '../../shared/attribute-names.ts';
import { SORT_KEY } from '../../shared/indexes.ts';
import { expiresAt } from '../../shared/retention-days.ts';
import type { Row } from './row-summary.ts';

/** In ms. */
const DAY = 24 * 60 * 60 * 1_000;

/** The attributes that tell whether a row is expired. */
export const LIFETIME_FIELDS = [SORT_KEY, EXPIRES_AT];

/**
 * The latest send time that can be, in ms since the epoch: SQS's clock is not a day ahead. A later one is not
 * what it seems, such as microseconds, and says nothing about the order.
 */
export function latestSent(now: number): number {
  return now + DAY;
}

/** The earliest send time of a row that is not expired, in ms since the epoch. */
export function oldestSent(retentionDays: number | undefined, now: number): number {
  return retentionDays === undefined ? -Infinity : now - retentionDays * DAY;
}

/**
 * Whether a row is past its retention: DynamoDB deletes it within a few days. Rows of the indexes have no
 * `expires_at`; they and rows of other programs are told by their send time.
 *
 * @param now in ms since the epoch
 */
export function isExpired(row: Row, retentionDays: number | undefined, now: number): boolean {
  if (retentionDays === undefined) return false;
  const { [SORT_KEY]: sent, [EXPIRES_AT]: expires } = row;
  if (typeof expires === 'number') return expires * 1_000 <= now;
  return typeof sent === 'number' && expiresAt(sent, retentionDays) * 1_000 <= now;
}
