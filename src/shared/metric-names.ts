/** The CloudWatch namespace of the function's metrics, each with the dimension `service`. */
export const NAMESPACE = 'DeadlineNotifications';

/**
 * The counts for each batch: messages received, their outcomes, and writes that lost a race with another
 * writer.
 */
export const COUNTS = [
  'received',
  'written',
  'stale',
  'superseded',
  'invalid',
  'notWritten',
  'lostRaces',
] as const;
export type Count = (typeof COUNTS)[number];

/** For each written notification, the time from when SQS received it until it was stored, in ms. */
export const AGE = 'age';

export type MetricName = Count | typeof AGE;
