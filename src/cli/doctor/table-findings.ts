import type { GlobalSecondaryIndexDescription, TableDescription } from '@aws-sdk/client-dynamodb';
import { createIndexCommand, INDEXES, SORT_KEY, type TableIndex } from '../../shared/indexes.ts';
import { TABLE_KEYS, type TableKey } from '../../shared/table-keys.ts';
import { shellWord } from '../../terminal/shell-word.ts';
import { indexFix } from '../aws/index-status.ts';
import { callName } from '../call-name.ts';
import type { Finding } from './check.ts';
import type { Intended } from './intended.ts';
import { command, wrong } from './setting.ts';
import { capacityFindings } from './table-capacity.ts';

/** A table of the stack. */
export type TableKind = keyof typeof TABLE_KEYS;

/** A table as it is. */
export interface DeployedTable {
  readonly kind: TableKind;
  readonly name: string;
  readonly table: TableDescription;
  /** The indexes that it must have. */
  readonly indexes: readonly TableIndex[];
  readonly intended: Intended;
  /** Options for the AWS CLI. */
  readonly options: string;
}

/** A table or index can be read and written while it is being updated. */
const USABLE: readonly (string | undefined)[] = ['ACTIVE', 'UPDATING'];

/** What is wrong with a table. Nothing else about it matters if its keys are wrong. */
export function tableFindings(deployed: DeployedTable): Finding[] {
  const wrongTable = [...status(deployed), ...keys(deployed)];
  if (wrongTable.length > 0) return wrongTable;
  return [
    ...deployed.indexes.flatMap((index) => indexFindings(index, deployed)),
    ...capacityFindings(deployed),
  ];
}

function status({ name, table: { TableStatus } }: DeployedTable): Finding[] {
  if (USABLE.includes(TableStatus)) return [];
  return [
    {
      level: 'error',
      found: `${name} is ${TableStatus}`,
      otherwise: 'Notifications wait in the queue until it is ACTIVE.',
      fix: 'See the DynamoDB console for details.',
      blocks: true,
    },
  ];
}

function keys({ kind, name, table }: DeployedTable): Finding[] {
  const { KeySchema = [], AttributeDefinitions = [] } = table;
  const typeOf = (key: string | undefined) =>
    AttributeDefinitions.find(({ AttributeName }) => AttributeName === key)?.AttributeType;
  const is = KeySchema.toSorted((a, b) => (a.KeyType ?? '').localeCompare(b.KeyType ?? ''))
    .map(({ AttributeName }) => `${AttributeName} (${typeOf(AttributeName)})`)
    .join(' and ');
  const should = described(kind);
  if (is === should) return [];
  if (kind === 'history') {
    return [
      {
        ...wrong('error', {
          name: `keys of ${name}`,
          is,
          should,
          otherwise:
            'DynamoDB refuses the entries that the function writes, and their notifications become dead letters.',
          fix: command(
            'The keys of a table cannot be changed. Delete the table, then, in the clone:',
            'npx cdk deploy --revert-drift',
          ),
        }),
        blocks: true,
      },
    ];
  }
  const other = kind === 'job' ? 'task' : 'job';
  const setting = kind === 'job' ? 'existingJobTable' : 'existingTaskTable';
  const isExchanged = is === described(other);
  return [
    {
      ...wrong('error', {
        name: `keys of ${name}`,
        is: `${is}${isExchanged ? `, those of a table of ${other}s` : ''}`,
        should,
        otherwise: `DynamoDB refuses what the function writes, and all notifications of ${kind}s become dead letters.`,
        fix: command(
          `${isExchanged ? 'Are the two tables exchanged? ' : 'The keys of a table cannot be changed. '}` +
            `Set ${setting} in cdk.json to the table of ${kind}s, or leave it out for a new one, then, in the clone:`,
          'npx cdk deploy',
        ),
      }),
      blocks: true,
    },
  ];
}

function described(kind: TableKind): string {
  const all: readonly TableKey[] = TABLE_KEYS[kind];
  return all.map(({ name, type }) => `${name} (${type})`).join(' and ');
}

function indexFindings(index: TableIndex, deployed: DeployedTable): Finding[] {
  const { name: table, options } = deployed;
  const { name, lists } = index;
  const found = deployed.table.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === name);
  if (found === undefined || found.IndexStatus === 'DELETING') {
    return [
      {
        level: 'error',
        found: `${table} has no index ${name}`,
        otherwise: `The command line cannot list ${lists}.`,
        fix: indexFix(index, table, options),
        blocks: true,
      },
    ];
  }
  if (!USABLE.includes(found.IndexStatus)) {
    return [
      {
        level: 'error',
        found: `${table} is ${deployed.table.TableStatus}, its index ${name} is ${found.IndexStatus}`,
        otherwise: 'Until it is ACTIVE, the command line cannot use it.',
        fix: 'Wait a few minutes (longer for a large table), then check again.',
        blocks: true,
      },
    ];
  }
  return [
    ...definition(index, found, deployed),
    ...(index === INDEXES.failed ? backfill(found, deployed) : []),
  ];
}

/** The columns that an index lacks, and whether it is sorted as it should be. */
function definition(
  index: TableIndex,
  found: GlobalSecondaryIndexDescription,
  { name: table, options }: DeployedTable,
): Finding[] {
  const { name, lists, partitionKey, columns } = index;
  const keyOf = (type: string) =>
    found.KeySchema?.find(({ KeyType }) => KeyType === type)?.AttributeName ?? 'none';
  const is = `${keyOf('HASH')} and ${keyOf('RANGE')}`;
  const should = `${partitionKey} and ${SORT_KEY}`;
  const { ProjectionType = '', NonKeyAttributes = [] } = found.Projection ?? {};
  const lacking = columns.filter(
    (column) => ProjectionType !== 'ALL' && !NonKeyAttributes.includes(column),
  );
  if (is === should && lacking.length === 0) return [];
  return [
    wrong('error', {
      name: `index ${name} of ${table}`,
      is: is === should ? `without ${lacking.join(' and ')}` : `keys ${is}`,
      should: is === should ? `with ${columns.join(' and ')}` : `keys ${should}`,
      otherwise: `The command line lists ${lists} without them, or not at all.`,
      fix: command(
        'An index cannot be changed. Delete it, and create it once it is gone:',
        `aws dynamodb update-table ${options} --table-name ${shellWord(table)}` +
          ` --global-secondary-index-updates '${JSON.stringify([{ Delete: { IndexName: name } }])}'`,
        createIndexCommand(index, table, options),
      ),
    }),
  ];
}

/** Whether the index of failed tasks lacks earlier ones. DynamoDB counts its entries every six hours. */
function backfill(
  { ItemCount: indexed = 0 }: GlobalSecondaryIndexDescription,
  { kind, name, table: { ItemCount = 0 }, intended }: DeployedTable,
): Finding[] {
  if (kind === 'history' || !intended.adoptedTables.includes(kind)) return [];
  if (indexed > 0 || ItemCount === 0) return [];
  return [
    {
      level: 'hint',
      found: `the index of ${name} is empty, while the table has ${ItemCount} rows`,
      otherwise: 'Tasks that failed before the index existed are not listed.',
      fix: command('If any failed, add them, once:', `${callName()} backfill-index`),
    },
  ];
}
