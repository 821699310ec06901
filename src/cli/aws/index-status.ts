import {
  DescribeTableCommand,
  DynamoDBClient,
  type IndexStatus,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { NoIndex } from '../../shared/errors.ts';
import { createIndexCommand, INDEXES } from '../../shared/indexes.ts';
import type { Kind } from '../../shared/kinds.ts';
import type { Session } from '../session.ts';
import { cliOptions, regionOf, type Stack } from './stack-outputs.ts';

/** What DynamoDB says of the index of a table that it has described; `undefined` where there is none. */
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
  { account, signal }: Session,
  kinds: readonly Kind[],
): Promise<void> {
  const client = new DynamoDBClient(account);
  for (const kind of kinds) {
    const TableName = tableOf(stack, kind);
    const { name } = INDEXES[kind];
    const { Table } = await client.send(new DescribeTableCommand({ TableName }), {
      abortSignal: signal,
    });
    const status = indexStatusOf(kind, Table);
    if (status === undefined || status === 'DELETING') {
      const mend = toHaveIndex(kind, TableName, cliOptions(account, await regionOf(account)));
      throw new NoIndex(`The table ${TableName} has no index ${name}. ${mend}`);
    }
    if (status === 'CREATING') {
      throw new NoIndex(
        `The index ${name} of the table ${TableName} is still being made. Try again in some minutes.`,
      );
    }
  }
}

export function tableOf(stack: Stack, kind: Kind): string {
  return kind === 'job' ? stack.JobTableName : stack.TaskTableName;
}

/** What a person is to do for a table to have its index. */
export function toHaveIndex(kind: Kind, table: string, options: string): string {
  return (
    'Deploy the stack again (npx cdk deploy); if the table was there before the stack, run:' +
    `\n\n  ${createIndexCommand(kind, table, options)}\n` +
    (kind === 'task' ? '\nThen bring in the tasks that failed before: npx deadline index' : '')
  );
}
