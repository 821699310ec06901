import {
  DescribeTableCommand,
  DynamoDBClient,
  type IndexStatus,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { NoIndex } from '../../shared/errors.ts';
import { createIndexCommand, INDEXES, type TableIndex } from '../../shared/indexes.ts';
import { callName } from '../call-name.ts';
import type { Session } from '../session.ts';
import { cliOptions, resolveRegion } from './account.ts';
import { type StackOutputs, tableName } from './stack-outputs.ts';

/** The status of an index of a described table; `undefined` if it has none of this name. */
export function indexStatus(
  { name }: TableIndex,
  table: TableDescription | undefined,
): IndexStatus | undefined {
  return table?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === name)?.IndexStatus;
}

/** @throws NoIndex with a fix, unless all of these indexes are usable */
export async function requireIndexes(
  stack: StackOutputs,
  { account, signal }: Session,
  indexes: readonly TableIndex[],
): Promise<void> {
  const client = new DynamoDBClient(account);
  const found = indexes.map(async (index) => {
    const TableName = tableName(stack, index.kind);
    const command = new DescribeTableCommand({ TableName });
    const { Table } = await client.send(command, { abortSignal: signal });
    return { index, TableName, status: indexStatus(index, Table) };
  });
  for (const { index, TableName, status } of await Promise.all(found)) {
    const { name } = index;
    if (status === undefined || status === 'DELETING') {
      const fix = indexFix(index, TableName, cliOptions(account, await resolveRegion(account)));
      throw new NoIndex(`The table ${TableName} has no index ${name}. ${fix}`);
    }
    if (status === 'CREATING') {
      throw new NoIndex(
        `The index ${name} of the table ${TableName} is still being created. Try again in a few minutes.`,
      );
    }
  }
}

/** What `backfill-index` adds to an index. */
const BACKFILLED: ReadonlyMap<TableIndex, string> = new Map([
  [INDEXES.failed, 'tasks that failed earlier'],
  [INDEXES.rendering, 'tasks that render already'],
]);

/** Whether a query failed since its index is missing or still being created, or reading it is not allowed. */
export function isIndexUnreadable(error: unknown): error is Error {
  return error instanceof Error && /^(ValidationException|AccessDeniedException)$/.test(error.name);
}

/** How to create a missing index of a table. */
export function indexFix(index: TableIndex, table: string, options: string): string {
  const backfilled = BACKFILLED.get(index);
  return (
    'Deploy the stack again (npx cdk deploy). If the table existed before the stack, run:' +
    `\n\n  ${createIndexCommand(index, table, options)}\n` +
    (backfilled ? `\nThen add the ${backfilled}: ${callName()} backfill-index` : '')
  );
}
