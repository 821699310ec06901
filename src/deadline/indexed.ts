import {
  DescribeTableCommand,
  DynamoDBClient,
  type IndexStatus,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { Account, Stack } from '../deployed/stack.ts';
import { NoIndex } from '../errors.ts';
import { createIndexCommand, INDEXES } from '../indexes.ts';
import type { Kind } from '../notification.ts';

/** What DynamoDB says of a table's index; `undefined` where there is none. */
export async function indexStatus(
  client: DynamoDBClient,
  kind: Kind,
  TableName: string,
): Promise<IndexStatus | undefined> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  return indexStatusOf(kind, Table);
}

/** The same of a table that DynamoDB has described. */
export function indexStatusOf(
  kind: Kind,
  table: TableDescription | undefined,
): IndexStatus | undefined {
  const { name } = INDEXES[kind];
  return table?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === name)?.IndexStatus;
}

/** @throws NoIndex unless all of these tables can be asked by time, with what to do */
export async function requireIndexes(
  stack: Stack,
  account: Account,
  kinds: readonly Kind[],
): Promise<void> {
  const client = new DynamoDBClient(account);
  const region = await client.config.region();
  for (const kind of kinds) {
    const table = tableOf(stack, kind);
    const status = await indexStatus(client, kind, table);
    if (status === undefined || status === 'DELETING')
      throw new NoIndex(withoutIndex(kind, table, region));
    if (status === 'CREATING') {
      throw new NoIndex(
        `The index ${INDEXES[kind].name} of the table ${table} is still being made. Try again in some minutes.`,
      );
    }
  }
}

export function tableOf(stack: Stack, kind: Kind): string {
  return kind === 'job' ? stack.JobTableName : stack.TaskTableName;
}

/** What is wrong with a table that has no index, and what a person is to do about it. */
export function withoutIndex(kind: Kind, table: string, region: string): string {
  const found = `The table ${table} has no index ${INDEXES[kind].name}.`;
  return `${found} ${toHaveIndex(kind, table, region)}`;
}

/** What a person is to do for a table to have its index. */
export function toHaveIndex(kind: Kind, table: string, region: string): string {
  return (
    'Deploy the stack again (npx cdk deploy); if the table was there before the stack, run:' +
    `\n\n  ${createIndexCommand(kind, table, region)}\n` +
    (kind === 'task' ? '\nThen bring in the tasks that failed before: deadline index' : '')
  );
}
