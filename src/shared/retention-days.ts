import * as z from 'zod/mini';

/** The attribute of a row after which DynamoDB deletes it (its developer guide, "Time to Live"). */
export const EXPIRES_AT = 'expires_at';

/** How long rows may be kept at most, in days: ten years. */
export const MAX_DAYS = 3_650;
const RULE = `must be a whole number of days from 1 to ${MAX_DAYS}`;

/** How long rows are kept, from digits to days. */
export const RetentionDays = z.pipe(
  z.string(RULE).check(z.regex(/^[1-9]\d{0,3}$/, RULE)),
  z.coerce.number<string>().check(z.lte(MAX_DAYS, RULE)),
);

/**
 * When the row of a notification is to go, in whole seconds since the epoch, as DynamoDB takes it. Of
 * the notification alone: whoever stores it, and however late, the row is the same.
 *
 * @param sentTimestamp in ms since the epoch
 */
export function expiresAt(sentTimestamp: number, days: number): number {
  return Math.floor(sentTimestamp / 1_000) + days * 24 * 60 * 60;
}
