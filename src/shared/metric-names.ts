/** Where CloudWatch has the function's metrics, of which each has the dimension `service`. */
export const NAMESPACE = 'DeadlineNotifications';

/**
 * What is counted of each batch: the messages received, what became of them, and the writes that
 * another invocation came before.
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

/** Of each notification that is written, the ms from when SQS got it to when it was stored. */
export const AGE = 'age';

export type MetricName = Count | typeof AGE;
