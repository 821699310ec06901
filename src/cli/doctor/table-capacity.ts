import type { GlobalSecondaryIndexDescription, TableDescription } from '@aws-sdk/client-dynamodb';
import { shellWord } from '../../terminal/shell-word.ts';
import type { Finding } from './check.ts';
import { command, wrong } from './setting.ts';
import type { DeployedTable } from './table-findings.ts';

/** What is wrong with the capacity of a table and its indexes. The stack's own tables are on demand. */
export function capacityFindings(deployed: DeployedTable): Finding[] {
  const { table, indexes } = deployed;
  const found = indexes.flatMap(
    ({ name }) => table.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === name) ?? [],
  );
  return table.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST'
    ? onDemand(deployed, found)
    : provisioned(deployed, found);
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
  indexes: readonly GlobalSecondaryIndexDescription[],
): Finding[] {
  const { name, table, options } = deployed;
  const units = (each: TableDescription | GlobalSecondaryIndexDescription) =>
    each.ProvisionedThroughput?.WriteCapacityUnits ?? 0;
  const least = leastUnits(deployed);
  const isLow = [table, ...indexes].some((each) => units(each) < least);
  const ofIndexes = indexes
    .map((index) => ` and ${units(index)} of its index ${index.IndexName}`)
    .join('');
  return [
    wrong(isLow ? 'error' : 'hint', {
      name: `billing mode of ${name}`,
      is: `PROVISIONED, with ${units(table)} write units a second${ofIndexes}`,
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
  indexes: readonly GlobalSecondaryIndexDescription[],
): Finding[] {
  const { name, table, options } = deployed;
  const least = leastUnits(deployed);
  const update = `aws dynamodb update-table ${options} --table-name ${shellWord(name)}`;
  const none = { MaxReadRequestUnits: -1, MaxWriteRequestUnits: -1 };
  const parts = [
    {
      of: name,
      limit: table.OnDemandThroughput?.MaxWriteRequestUnits ?? -1,
      fix: `${update} --on-demand-throughput MaxReadRequestUnits=-1,MaxWriteRequestUnits=-1`,
    },
    ...indexes.map(({ IndexName, OnDemandThroughput }) => ({
      of: `the index ${IndexName} of ${name}`,
      limit: OnDemandThroughput?.MaxWriteRequestUnits ?? -1,
      fix: `${update} --global-secondary-index-updates '${JSON.stringify([
        { Update: { IndexName, OnDemandThroughput: none } },
      ])}'`,
    })),
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
