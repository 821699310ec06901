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

/**
 * How each of so many statements fared: HTTP 200 says nothing of it. Answers tell by their place alone
 * which statement they are for, so too few of them tell nothing.
 */
export function statementFailures(
  count: number,
  responses: readonly BatchStatementResponse[],
): (Failure | undefined)[] {
  if (responses.length === count) return responses.map(statementFailure);
  const reason = `DynamoDB answered for ${responses.length} of ${count} statements`;
  return Array.from({ length: count }, () => ({ result: 'busy', reason }));
}

function statementFailure({ Error: error }: BatchStatementResponse): Failure | undefined {
  if (error === undefined) return undefined;
  const { Code = 'no code', Message = 'no message' } = error;
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
