import {
  DescribeTableCommand,
  DynamoDBClient,
  type IndexStatus,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { NoIndex } from '../../shared/errors.ts';
import { createIndexCommand, INDEXES } from '../../shared/indexes.ts';
import type { Kind } from '../../shared/kinds.ts';
import { callName } from '../call-name.ts';
import type { Session } from '../session.ts';
import { cliOptions, resolveRegion } from './account.ts';
import { type StackOutputs, tableName } from './stack-outputs.ts';

/** The status of a described table's index; `undefined` if it has none. */
export function indexStatus(
  kind: Kind,
  table: TableDescription | undefined,
): IndexStatus | undefined {
  const { name } = INDEXES[kind];
  return table?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === name)?.IndexStatus;
}

/** @throws NoIndex with a fix, unless all of these tables have a usable index */
export async function requireIndexes(
  stack: StackOutputs,
  { account, signal }: Session,
  kinds: readonly Kind[],
): Promise<void> {
  const client = new DynamoDBClient(account);
  const found = kinds.map(async (kind) => {
    const TableName = tableName(stack, kind);
    const command = new DescribeTableCommand({ TableName });
    const { Table } = await client.send(command, { abortSignal: signal });
    return { kind, TableName, status: indexStatus(kind, Table) };
  });
  for (const { kind, TableName, status } of await Promise.all(found)) {
    const { name } = INDEXES[kind];
    if (status === undefined || status === 'DELETING') {
      const fix = indexFix(kind, TableName, cliOptions(account, await resolveRegion(account)));
      throw new NoIndex(`The table ${TableName} has no index ${name}. ${fix}`);
    }
    if (status === 'CREATING') {
      throw new NoIndex(
        `The index ${name} of the table ${TableName} is still being created. Try again in a few minutes.`,
      );
    }
  }
}

/** How to create a table's missing index. */
export function indexFix(kind: Kind, table: string, options: string): string {
  return (
    'Deploy the stack again (npx cdk deploy). If the table existed before the stack, run:' +
    `\n\n  ${createIndexCommand(kind, table, options)}\n` +
    (kind === 'task'
      ? `\nThen add the tasks that failed earlier: ${callName()} backfill-index`
      : '')
  );
}
