import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';

/**
 * Timeouts of the SDK's clients, in ms, after which they retry: a connection can die silently, before the
 * response or in the middle of it.
 */
export function requestTimeouts(longest: number): object {
  return {
    connectionTimeout: longest / 2,
    requestTimeout: longest,
    socketTimeout: longest,
    throwOnRequestTimeout: true,
  };
}

/**
 * A client for thousands of requests, without the middleware that copies each request and response for a
 * logger, even if there is none.
 */
export function forManyRequests<T extends SQSClient | DynamoDBClient>(client: T): T {
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
