import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Kind } from '../../shared/kinds.ts';
import { indexStatus } from '../aws/index-status.ts';
import { tableName } from '../aws/stack-outputs.ts';
import { type Check, setUpOptions } from './check.ts';
import { tableFindings } from './table-findings.ts';

/** Checks that a table is the right one, takes what the function writes, and has its indexes. */
export function checkTable(kind: Kind): Check {
  return {
    name: `table of ${kind}s`,
    needs: 'dynamodb:DescribeTable on it',
    isRequired: true,
    async run(setUp) {
      const { session, stack, intended } = setUp;
      const name = tableName(stack, kind);
      const { Table: table = {} } = await new DynamoDBClient(session.account).send(
        new DescribeTableCommand({ TableName: name }),
        { abortSignal: session.signal },
      );
      const indexes = intended.indexes.filter((index) => index.kind === kind);
      const statuses = new Set(indexes.map((index) => indexStatus(index, table)));
      return {
        findings: tableFindings({
          kind,
          name,
          table,
          indexes,
          intended,
          options: setUpOptions(setUp),
        }),
        summary:
          `${name} is ${table.TableStatus}, ` +
          `its ${indexes.length === 1 ? 'index is' : 'indexes are'} ${[...statuses].join(' and ')}`,
      };
    },
  };
}
