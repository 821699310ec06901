import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { INDEXES } from '../../shared/indexes.ts';
import type { Kind } from '../../shared/kinds.ts';
import { indexFix, indexStatus } from '../aws/index-status.ts';
import { tableName } from '../aws/stack-outputs.ts';
import { type Check, type CheckResult, type SetUp, setUpOptions } from './check.ts';

/** A table can be read and written while it is being updated. */
const USABLE: readonly (string | undefined)[] = ['ACTIVE', 'UPDATING'];

/** Checks that a table and its index can be used. */
export function checkTable(kind: Kind): Check {
  return {
    name: `table of ${kind}s`,
    needs: 'dynamodb:DescribeTable on it',
    isRequired: true,
    run: (setUp) => run(kind, setUp),
  };
}

async function run(kind: Kind, setUp: SetUp): Promise<CheckResult> {
  const { session, stack } = setUp;
  const TableName = tableName(stack, kind);
  const client = new DynamoDBClient(session.account);
  const { Table } = await client.send(new DescribeTableCommand({ TableName }), {
    abortSignal: session.signal,
  });
  if (!USABLE.includes(Table?.TableStatus)) {
    return {
      ok: false,
      found: `${TableName} is ${Table?.TableStatus}`,
      fix: 'Notifications wait in the queue until it is ACTIVE. See the DynamoDB console for details.',
    };
  }
  const { name } = INDEXES[kind];
  const index = indexStatus(kind, Table);
  if (index === undefined) {
    const fix = indexFix(kind, TableName, setUpOptions(setUp));
    return { ok: false, found: `${TableName} has no index ${name}`, fix };
  }
  const found = `${TableName} is ${Table?.TableStatus}, its index ${name} is ${index}`;
  return USABLE.includes(index)
    ? { ok: true, found }
    : { ok: false, found, fix: 'Wait a few minutes (longer for a large table), then check again.' };
}
