import { Duration } from 'aws-cdk-lib';
import { REDELIVERY_HOURS } from '../../src/shared/setting-values.ts';
import type { Configuration } from '../configuration.ts';

/** The function's timeout. */
export const TIMEOUT = Duration.seconds(30);

/** How long both queues keep a message, counted from when it was first sent: the most that SQS allows. */
export const RETENTION = Duration.days(14);

/**
 * How long a received message stays hidden: six times the function's timeout, plus the batching window
 * (AWS Lambda developer guide, "Creating and configuring an Amazon SQS event source mapping").
 */
export function visibilityTimeout({ batchingWindowSeconds }: Configuration): Duration {
  return Duration.seconds(6 * TIMEOUT.toSeconds() + batchingWindowSeconds);
}

/** The time between two receives of a message that is not stored. */
export function redeliveryInterval(configuration: Configuration): Duration {
  const { batchingWindowSeconds } = configuration;
  return Duration.seconds(visibilityTimeout(configuration).toSeconds() + batchingWindowSeconds);
}

/** How often a message is received before it becomes a dead letter. SQS allows up to 1,000. */
export function maxReceiveCount(configuration: Configuration): number {
  const interval = redeliveryInterval(configuration).toSeconds();
  return Math.ceil(Duration.hours(REDELIVERY_HOURS).toSeconds() / interval);
}
