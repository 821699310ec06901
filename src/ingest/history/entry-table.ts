import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Failure, toFailure } from '../store/failure.ts';
import { type Entry, entryId } from './entry.ts';

/** The most items in a `BatchWriteItem` (API reference). */
export const MAX_PUTS = 25;

/** Takes entries of the history. Failures are returned, not thrown. */
export interface EntryStore {
  /**
   * Writes up to `MAX_PUTS` entries, no two of them the same. An entry that exists already stays as it is.
   *
   * @returns for each entry, in order, why it was not written; `undefined` if it was
   */
  put(entries: readonly Entry[], signal: AbortSignal): Promise<(Failure | undefined)[]>;
}

const UNPROCESSED: Failure = { kind: 'busy', reason: 'DynamoDB left the entry unwritten' };

/** The history's table in DynamoDB. */
export class EntryTable implements EntryStore {
  readonly #client: DynamoDBClient;
  readonly #name: string;

  constructor(client: DynamoDBClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  async put(entries: readonly Entry[], signal: AbortSignal): Promise<(Failure | undefined)[]> {
    const puts = entries.map(({ attributes: Item }) => ({ PutRequest: { Item } }));
    try {
      const { UnprocessedItems = {} } = await this.#client.send(
        new BatchWriteItemCommand({ RequestItems: { [this.#name]: puts } }),
        { abortSignal: signal },
      );
      const left = new Set(
        UnprocessedItems[this.#name]?.map(({ PutRequest }) => entryId(PutRequest?.Item ?? {})),
      );
      return entries.map(({ id }) => (left.has(id) ? UNPROCESSED : undefined));
    } catch (error) {
      const failure = toFailure(error);
      return entries.map(() => failure);
    }
  }
}
