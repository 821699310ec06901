import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { INDEXES } from '../../shared/indexes.ts';
import { shellWord } from '../../terminal/shell-word.ts';
import type { Session } from '../session.ts';

/**
 * The name of the test notification, which only this command sends. Rows have it as the partition key of
 * the index of jobs, so its rows are found there without reading any other.
 */
export const TEST_NOTIFICATION = 'JobDoctorNotification';

/** The rows of test notifications, in the table of jobs. */
export class TestRows {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #signal: AbortSignal;

  constructor({ account, signal }: Session, table: string) {
    this.#client = new DynamoDBClient(account);
    this.#table = table;
    this.#signal = signal;
  }

  /** The job ids of all rows, such as those that SQS delivered again after they had been removed. */
  async list(): Promise<string[]> {
    const ids: string[] = [];
    const { name, partitionKey } = INDEXES.jobs;
    const query = {
      TableName: this.#table,
      IndexName: name,
      KeyConditionExpression: '#name = :name',
      ExpressionAttributeNames: { '#name': partitionKey },
      ExpressionAttributeValues: { ':name': { S: TEST_NOTIFICATION } },
    };
    const options = { abortSignal: this.#signal };
    for await (const { Items = [] } of paginateQuery({ client: this.#client }, query, options)) {
      ids.push(...Items.map(({ job_id }) => job_id?.S ?? ''));
    }
    return ids;
  }

  async isThere(id: string): Promise<boolean> {
    const { Item } = await this.#client.send(
      new GetItemCommand({
        ...this.#row(id),
        ConsistentRead: true,
        ProjectionExpression: 'job_id',
      }),
    );
    return Item !== undefined;
  }

  /**
   * Removes a row, unless it has become that of another notification.
   *
   * @returns whether it was there
   */
  async remove(id: string): Promise<boolean> {
    try {
      await this.#client.send(
        new DeleteItemCommand({
          ...this.#row(id),
          ConditionExpression: '#name = :name',
          ExpressionAttributeNames: { '#name': INDEXES.jobs.partitionKey },
          ExpressionAttributeValues: { ':name': { S: TEST_NOTIFICATION } },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  /** The AWS CLI command that removes a row. */
  removal(id: string, cliOptions: string): string {
    const { TableName, Key } = this.#row(id);
    return `aws dynamodb delete-item ${cliOptions} --table-name ${shellWord(TableName)} --key ${shellWord(JSON.stringify(Key))}`;
  }

  #row(id: string) {
    return { TableName: this.#table, Key: { job_id: { S: id } } };
  }
}
