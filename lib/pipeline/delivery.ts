import { Duration } from 'aws-cdk-lib';
import type { Configuration } from '../configuration.ts';

/** How long an invocation may take. */
export const TIMEOUT = Duration.seconds(30);

/** How often a message may be received before it is a dead letter. */
export const MAX_RECEIVE_COUNT = 5;

/**
 * How long a received message stays hidden: six times as long as the function may take, and the
 * batching window (AWS Lambda developer guide, "Creating and configuring an Amazon SQS event source
 * mapping").
 */
export function visibilityTimeout({ batchingWindowSeconds }: Configuration): Duration {
  return Duration.seconds(6 * TIMEOUT.toSeconds() + batchingWindowSeconds);
}
