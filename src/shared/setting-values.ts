/** What makes one notification newer: when SQS got it, or the notification's own time. */
export const NEWEST_BY = ['sent_timestamp', 'timestamp'] as const;
export type NewestBy = (typeof NEWEST_BY)[number];

/** What becomes of a field that holds nothing: it is in the row as null or empty, or it is left out. */
export const EMPTY_FIELDS = ['keep', 'omit'] as const;
export type EmptyFields = (typeof EMPTY_FIELDS)[number];

/** How long rows may be kept at most, in days: ten years. */
export const MAX_RETENTION_DAYS = 3_650;
