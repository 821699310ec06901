import { type BatchStatementResponse, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import type { SdkError } from '@smithy/types';

/** Why DynamoDB did not do what it was asked. */
export interface Failure {
  /**
   * - `lost`: another writer came first; read the row again
   * - `busy`: throttled or broken off; try again later
   * - `outOfTime`: time was up before DynamoDB answered
   * - `invalid`: this item will never be taken
   * - `refused`: no item would be taken, such as without permission
   */
  readonly result: 'lost' | 'busy' | 'outOfTime' | 'invalid' | 'refused';
  readonly reason: string;
}

/** API reference, `BatchStatementError`. The codes that are not here refuse any item. */
const RESULTS: ReadonlyMap<string, Failure['result']> = new Map([
  ['ConditionalCheckFailed', 'lost'],
  ['DuplicateItem', 'lost'],
  ['InternalServerError', 'busy'],
  ['ItemCollectionSizeLimitExceeded', 'invalid'],
  ['ProvisionedThroughputExceeded', 'busy'],
  ['RequestLimitExceeded', 'busy'],
  ['ThrottlingError', 'busy'],
  ['TransactionConflict', 'busy'],
  ['ValidationError', 'invalid'],
]);

/** How one statement of a batch fared: HTTP 200 says nothing of it. */
export function statementFailure(
  response: BatchStatementResponse | undefined,
): Failure | undefined {
  if (response === undefined) return { result: 'busy', reason: 'DynamoDB did not answer for it' };
  if (response.Error === undefined) return undefined;
  const { Code = 'no code', Message = 'no message' } = response.Error;
  return { result: RESULTS.get(Code) ?? 'refused', reason: `${Code}: ${Message}` };
}

/** Why a whole request failed. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Error && error.name === 'AbortError') {
    return { result: 'outOfTime', reason: 'DynamoDB has not answered' };
  }
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { result: resultOf(error), reason: `${name}: ${message}` };
}

function resultOf(error: unknown): Failure['result'] {
  if (error instanceof DynamoDBServiceException && error.name === 'ValidationException') {
    return 'invalid';
  }
  const passes =
    isThrottlingError(error as SdkError) ||
    isTransientError(error as SdkError) ||
    isServerError(error as SdkError) ||
    error instanceof SyntaxError; // the answer was cut off
  return passes ? 'busy' : 'refused';
}
