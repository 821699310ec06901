import type { GlobalSecondaryIndexDescription, TableDescription } from '@aws-sdk/client-dynamodb';
import { INDEXES } from '../../shared/indexes.ts';
import { shellWord } from '../../terminal/shell-word.ts';
import type { Finding } from './check.ts';
import { command, wrong } from './setting.ts';
import type { DeployedTable } from './table-findings.ts';

/** What is wrong with the capacity of a table and its index. The stack's own tables are on demand. */
export function capacityFindings(deployed: DeployedTable): Finding[] {
  const { kind, table } = deployed;
  const index = table.GlobalSecondaryIndexes?.find(
    ({ IndexName }) => IndexName === INDEXES[kind].name,
  );
  return table.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST'
    ? onDemand(deployed, table, index)
    : provisioned(deployed, table, index);
}

/**
 * The write units per s that a table has to have, at least: so that a full batch can be stored before the
 * function's time is up, at one unit a row. An index takes as many.
 */
function leastUnits({ intended }: DeployedTable): number {
  const { batchSize = 0 } = intended.source;
  const { timeout = Infinity } = intended.function;
  return Math.ceil(batchSize / timeout);
}

function provisioned(
  deployed: DeployedTable,
  table: TableDescription,
  index: GlobalSecondaryIndexDescription | undefined,
): Finding[] {
  const { name, options } = deployed;
  const units = (each: typeof table | typeof index) =>
    each?.ProvisionedThroughput?.WriteCapacityUnits ?? 0;
  const least = leastUnits(deployed);
  const isLow = units(table) < least || (index !== undefined && units(index) < least);
  const ofIndex = index === undefined ? '' : ` and ${units(index)} of its index`;
  return [
    wrong(isLow ? 'error' : 'hint', {
      name: `billing mode of ${name}`,
      is: `PROVISIONED, with ${units(table)} write units a second${ofIndex}`,
      should: `PAY_PER_REQUEST${least > 0 ? `, or at least ${least} units` : ''}`,
      otherwise: isLow
        ? 'DynamoDB throttles: a full batch is not stored in time, and valid notifications may become dead letters.'
        : 'DynamoDB throttles what is above, and idle capacity costs, too.',
      fix: command(
        'Set it:',
        `aws dynamodb update-table ${options} --table-name ${shellWord(name)} --billing-mode PAY_PER_REQUEST`,
      ),
    }),
  ];
}

/** An on-demand table or index may have a limit of its own; -1 stands for none. */
function onDemand(
  deployed: DeployedTable,
  table: TableDescription,
  index: GlobalSecondaryIndexDescription | undefined,
): Finding[] {
  const { name, options } = deployed;
  const least = leastUnits(deployed);
  const update = `aws dynamodb update-table ${options} --table-name ${shellWord(name)}`;
  const none = { MaxReadRequestUnits: -1, MaxWriteRequestUnits: -1 };
  const ofIndex = { Update: { IndexName: index?.IndexName, OnDemandThroughput: none } };
  const parts = [
    {
      of: name,
      limit: table.OnDemandThroughput?.MaxWriteRequestUnits ?? -1,
      fix: `${update} --on-demand-throughput MaxReadRequestUnits=-1,MaxWriteRequestUnits=-1`,
    },
    {
      of: `the index of ${name}`,
      limit: index?.OnDemandThroughput?.MaxWriteRequestUnits ?? -1,
      fix: `${update} --global-secondary-index-updates '${JSON.stringify([ofIndex])}'`,
    },
  ];
  return parts
    .filter(({ limit }) => limit >= 0)
    .map(({ of, limit, fix }) =>
      wrong(limit < least ? 'error' : 'hint', {
        name: `most write units of ${of}`,
        is: `${limit} a second`,
        should: 'not limited',
        otherwise: 'DynamoDB throttles what is above, and notifications are stored later.',
        fix: command('Remove the limit:', fix),
      }),
    );
}
