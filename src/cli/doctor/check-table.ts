import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { INDEXES } from '../../shared/indexes.ts';
import type { Kind } from '../../shared/kinds.ts';
import { indexFix, indexStatus } from '../aws/index-status.ts';
import { tableName } from '../aws/stack-outputs.ts';
import { type Check, type CheckResult, type SetUp, setUpOptions } from './check.ts';

/** A table takes reads and writes while it is changed, too. */
const USABLE: readonly (string | undefined)[] = ['ACTIVE', 'UPDATING'];

/** Whether a table and its index can be used. */
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
      fix: 'Notifications wait in the queue until it is ACTIVE; the DynamoDB console says more.',
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
    : { ok: false, found, fix: 'Wait some minutes, or longer for a large table, and look again.' };
}
