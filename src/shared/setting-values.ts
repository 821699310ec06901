/** What makes a notification newer: when SQS received it, or its own time. */
export const NEWEST_BY = ['sent_timestamp', 'timestamp'] as const;
export type NewestBy = (typeof NEWEST_BY)[number];

/** Whether empty fields are kept in the row (as null or empty) or omitted. */
export const EMPTY_FIELDS = ['keep', 'omit'] as const;
export type EmptyFields = (typeof EMPTY_FIELDS)[number];

/** Whether tasks that render are in an index of their own. */
export const RENDERING = ['on', 'off'] as const;
export type Rendering = (typeof RENDERING)[number];

/** Which notifications have an entry in the history: none, those of problems, or all. */
export const HISTORY = ['off', 'problems', 'all'] as const;
export type HistoryLevel = (typeof HISTORY)[number];

/** How long entries of the history are kept unless a setting says otherwise, in days. */
export const HISTORY_DAYS = 30;

/** Whether transitions are published as events. */
export const EVENTS = ['off', 'on'] as const;
export type Events = (typeof EVENTS)[number];

/** The longest retention of rows, in days: ten years. */
export const MAX_RETENTION_DAYS = 3_650;

/**
 * How long SQS redelivers a message that is not stored before it becomes a dead letter, and how long an event that
 * the bus does not take is published again, in hours. Four times as long as DynamoDB was unreachable in October 2025
 * (https://aws.amazon.com/message/101925/).
 */
export const REDELIVERY_HOURS = 12;
