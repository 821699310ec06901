import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { indexStatus } from '../aws/index-status.ts';
import { historyRules, type StackOutputs } from '../aws/stack-outputs.ts';
import { type Check, setUpOptions } from './check.ts';
import { type TableKind, tableFindings } from './table-findings.ts';

const NAMES: Readonly<Record<TableKind, string>> = {
  job: 'table of jobs',
  task: 'table of tasks',
  history: 'history',
};

/** Checks that a table is the right one, takes what the function writes, and has its indexes. */
export function checkTable(kind: TableKind): Check {
  return {
    name: NAMES[kind],
    needs: 'dynamodb:DescribeTable on it',
    isRequired: true,
    isPartOf: (stack) => nameOf(kind, stack) !== undefined,
    async run(setUp) {
      const { session, stack, intended } = setUp;
      const name = nameOf(kind, stack) ?? '';
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
          `${name} is ${table.TableStatus}` +
          (indexes.length === 0
            ? ''
            : `, its ${indexes.length === 1 ? 'index is' : 'indexes are'} ${[...statuses].join(' and ')}`),
      };
    },
  };
}

/** The name of a table; `undefined` for the history where it is off. */
function nameOf(kind: TableKind, stack: StackOutputs): string | undefined {
  return {
    job: stack.JobTableName,
    task: stack.TaskTableName,
    history: historyRules(stack)?.tableName,
  }[kind];
}
