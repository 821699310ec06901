import { Duration } from 'aws-cdk-lib';
import type { Configuration } from '../configuration.ts';

/** The function's timeout. */
export const TIMEOUT = Duration.seconds(30);

/** How often a message is received before it becomes a dead letter. */
export const MAX_RECEIVE_COUNT = 5;

/**
 * How long a received message stays hidden: six times the function's timeout, plus the batching window
 * (AWS Lambda developer guide, "Creating and configuring an Amazon SQS event source mapping").
 */
export function visibilityTimeout({ batchingWindowSeconds }: Configuration): Duration {
  return Duration.seconds(6 * TIMEOUT.toSeconds() + batchingWindowSeconds);
}
