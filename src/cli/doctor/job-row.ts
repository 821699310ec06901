import { DeleteItemCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Account } from '../aws/account.ts';

/** Finds and removes the row of a job. */
export class JobRow {
  readonly #client: DynamoDBClient;
  readonly #key;

  constructor(account: Account, TableName: string, id: string) {
    this.#client = new DynamoDBClient(account);
    this.#key = { TableName, Key: { job_id: { S: id } } };
  }

  async isThere(): Promise<boolean> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ ...this.#key, ConsistentRead: true, ProjectionExpression: 'job_id' }),
    );
    return Item !== undefined;
  }

  /** @returns whether it existed */
  async remove(): Promise<boolean> {
    const { Attributes } = await this.#client.send(
      new DeleteItemCommand({ ...this.#key, ReturnValues: 'ALL_OLD' }),
    );
    return Attributes !== undefined;
  }

  /** The AWS CLI command that removes it. */
  removal(cliOptions: string): string {
    const { TableName, Key } = this.#key;
    return `aws dynamodb delete-item ${cliOptions} --table-name ${TableName} --key '${JSON.stringify(Key)}'`;
  }
}
