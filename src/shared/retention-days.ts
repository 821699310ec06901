import * as z from 'zod/mini';
import { MAX_RETENTION_DAYS } from './setting-values.ts';

const RULE = `must be a whole number of days from 1 to ${MAX_RETENTION_DAYS}`;

/** Parses how long rows are kept, in days. */
export const RetentionDays = z.pipe(
  z.string(RULE).check(z.regex(/^[1-9]\d{0,3}$/, RULE)),
  z.coerce.number<string>().check(z.lte(MAX_RETENTION_DAYS, RULE)),
);
