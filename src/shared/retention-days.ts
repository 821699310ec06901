import * as z from 'zod/mini';
import { MAX_RETENTION_DAYS } from './setting-values.ts';

const RULE = `must be a whole number of days from 1 to ${MAX_RETENTION_DAYS}`;

/** Parses how long rows are kept, in days. */
export const RetentionDays = z.pipe(
  z.string(RULE).check(z.regex(/^[1-9]\d{0,3}$/, RULE)),
  z.coerce.number<string>().check(z.lte(MAX_RETENTION_DAYS, RULE)),
);

/**
 * When the row of a notification expires, in whole seconds since the epoch, as DynamoDB requires. It depends
 * only on the notification: the row is the same whenever it is stored.
 *
 * @param sentTimestamp when SQS received the notification, in ms since the epoch
 */
export function expiresAt(sentTimestamp: number, days: number): number {
  return Math.floor(sentTimestamp / 1_000) + days * 24 * 60 * 60;
}
