import type {
  BatchExecuteStatementCommandOutput,
  BatchGetItemCommandInput,
  BatchWriteItemCommandInput,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';

/** What was asked of DynamoDB. Of rows this small, each read and each write is one unit. */
export interface Usage {
  /** Rows that were asked for. */
  reads: number;
  /** Rows that were to be written, those refused included: DynamoDB bills them. */
  writes: number;
  /** Writes that another writer came before. */
  lostRaces: number;
}

/** The part of each batch operation's input that says how many rows it is about. */
interface Input {
  readonly RequestItems?: (BatchGetItemCommandInput | BatchWriteItemCommandInput)['RequestItems'];
  readonly Statements?: readonly object[];
}

/** Counts what passes through a client from now on. */
export function measure(client: DynamoDBClient): Usage {
  const usage = { reads: 0, writes: 0, lostRaces: 0 };
  client.middlewareStack.add(
    (next) => async (request) => {
      const { RequestItems = {}, Statements = [] } = request.input as Input;
      for (const asked of Object.values(RequestItems)) {
        if (Array.isArray(asked)) usage.writes += asked.length;
        else usage.reads += asked.Keys?.length ?? 0;
      }
      usage.writes += Statements.length;
      const answer = await next(request);
      const { Responses } = answer.output as Partial<BatchExecuteStatementCommandOutput>;
      if (Array.isArray(Responses)) {
        usage.lostRaces += Responses.filter(({ Error: error }) => error !== undefined).length;
      }
      return answer;
    },
    { step: 'initialize' },
  );
  return usage;
}
