import { type BatchStatementResponse, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { isTemporary } from '../../shared/temporary-error.ts';

/** Why a read or write failed. */
export interface Failure {
  /**
   * - `lost`: another writer came first; read the row again
   * - `busy`: throttled, or the connection broke; retry later
   * - `outOfTime`: time was up before DynamoDB answered
   * - `invalid`: DynamoDB will never accept this item
   * - `refused`: DynamoDB would not accept any item, such as without permission
   */
  readonly kind: 'lost' | 'busy' | 'outOfTime' | 'invalid' | 'refused';
  readonly reason: string;
}

/** Error codes of a statement (API reference, `BatchStatementError`). All others count as `refused`. */
const KINDS: ReadonlyMap<string, Failure['kind']> = new Map([
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
 * Why each statement failed; `undefined` if it did not. HTTP 200 does not mean that they succeeded. Responses
 * are matched to statements by position only, so if some are missing, none can be used.
 */
export function statementFailures(
  count: number,
  responses: readonly BatchStatementResponse[],
): (Failure | undefined)[] {
  if (responses.length === count) return responses.map(statementFailure);
  const reason = `DynamoDB answered for ${responses.length} of ${count} statements`;
  return Array.from({ length: count }, () => ({ kind: 'busy', reason }));
}

function statementFailure({ Error: error }: BatchStatementResponse): Failure | undefined {
  if (error === undefined) return undefined;
  const { Code = 'no code', Message = 'no message' } = error;
  return { kind: KINDS.get(Code) ?? 'refused', reason: `${Code}: ${Message}` };
}

/** Why an entire request failed. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Error && error.name === 'AbortError') {
    return { kind: 'outOfTime', reason: 'DynamoDB has not answered' };
  }
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { kind: requestFailureKind(error), reason: `${name}: ${message}` };
}

function requestFailureKind(error: unknown): Failure['kind'] {
  if (error instanceof DynamoDBServiceException && error.name === 'ValidationException') {
    return 'invalid';
  }
  return isTemporary(error) ? 'busy' : 'refused';
}
