import type {
  BatchExecuteStatementCommandOutput,
  BatchGetItemCommandInput,
  BatchWriteItemCommandInput,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';

/** The rows that a client read and wrote. They are small enough to take one unit each, or half of one to be read with eventual consistency. */
export interface RequestCount {
  reads: number;
  /** Includes rejected writes, as DynamoDB bills them. */
  writes: number;
  /** Writes rejected because another writer came first. */
  lostRaces: number;
}

/** The part of a batch operation's input that contains its rows. */
interface BatchInput {
  readonly RequestItems?: (BatchGetItemCommandInput | BatchWriteItemCommandInput)['RequestItems'];
  readonly Statements?: readonly object[];
}

/** Counts the requests of a client from now on. */
export function countRequests(client: DynamoDBClient): RequestCount {
  const count = { reads: 0, writes: 0, lostRaces: 0 };
  client.middlewareStack.add(
    (next) => async (request) => {
      const { RequestItems = {}, Statements = [] } = request.input as BatchInput;
      for (const items of Object.values(RequestItems)) {
        if (Array.isArray(items)) count.writes += items.length;
        else count.reads += (items.Keys?.length ?? 0) * (items.ConsistentRead ? 1 : 0.5);
      }
      count.writes += Statements.length;
      const answer = await next(request);
      const { Responses } = answer.output as Partial<BatchExecuteStatementCommandOutput>;
      if (Array.isArray(Responses)) {
        count.lostRaces += Responses.filter(({ Error: error }) => error !== undefined).length;
      }
      return answer;
    },
    { step: 'initialize' },
  );
  return count;
}
