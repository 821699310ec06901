/** What makes a notification newer: when SQS received it, or its own time. */
export const NEWEST_BY = ['sent_timestamp', 'timestamp'] as const;
export type NewestBy = (typeof NEWEST_BY)[number];

/** Whether empty fields are kept in the row (as null or empty) or omitted. */
export const EMPTY_FIELDS = ['keep', 'omit'] as const;
export type EmptyFields = (typeof EMPTY_FIELDS)[number];

/** The longest retention of rows, in days: ten years. */
export const MAX_RETENTION_DAYS = 3_650;
