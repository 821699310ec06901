import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { INDEXES } from '../../shared/indexes.ts';
import type { Kind } from '../../shared/kinds.ts';
import { indexStatusOf, tableOf, toHaveIndex } from '../aws/index-status.ts';
import { cliOptionsOf, type Look, type SetUp, type Step } from './check.ts';

/** A table takes reads and writes while it is changed, too. */
const USABLE: readonly (string | undefined)[] = ['ACTIVE', 'UPDATING'];

/** Whether a table and its index can be used. */
export function table(kind: Kind): Step {
  return {
    step: `table of ${kind}s`,
    needs: 'dynamodb:DescribeTable on it',
    isRequired: true,
    look: (setUp) => look(kind, setUp),
  };
}

async function look(kind: Kind, setUp: SetUp): Promise<Look> {
  const { session, stack } = setUp;
  const TableName = tableOf(stack, kind);
  const client = new DynamoDBClient(session.account);
  const { Table } = await client.send(new DescribeTableCommand({ TableName }), {
    abortSignal: session.signal,
  });
  if (!USABLE.includes(Table?.TableStatus)) {
    return {
      ok: false,
      found: `${TableName} is ${Table?.TableStatus}`,
      mend: 'Notifications wait in the queue until it is ACTIVE; the DynamoDB console says more.',
    };
  }
  const { name } = INDEXES[kind];
  const index = indexStatusOf(kind, Table);
  if (index === undefined) {
    const mend = toHaveIndex(kind, TableName, cliOptionsOf(setUp));
    return { ok: false, found: `${TableName} has no index ${name}`, mend };
  }
  const found = `${TableName} is ${Table?.TableStatus}, its index ${name} is ${index}`;
  return USABLE.includes(index)
    ? { ok: true, found }
    : { ok: false, found, mend: 'Wait some minutes, or longer for a large table, and look again.' };
}
