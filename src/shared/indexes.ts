import type { Kind } from './kinds.ts';
import type { Rendering } from './setting-values.ts';

/** A global secondary index, sorted by the time at which SQS received the notification. */
export interface TableIndex {
  /** Which table it is of. */
  readonly kind: Kind;
  readonly name: string;
  /** What it lists, such as `failed tasks`. */
  readonly lists: string;
  /** The partition key. Only rows with this attribute are in the index. */
  readonly partitionKey: string;
  /** The other attributes in the index. DynamoDB can project only whole top-level attributes. */
  readonly columns: readonly string[];
}

/** The sort key of all indexes. */
export const SORT_KEY = 'sent_timestamp';

/** The status of a failed task, and the value of `task_status`, which only failed tasks have. */
export const FAILED = 'Failed';

/** The status of a task that renders. */
export const RENDERS = 'Rendering';

/**
 * The indexes find rows without their job id: all jobs, failed tasks, and tasks that render, by time. The job
 * index uses an attribute that every row has, whichever program wrote it. There are many more tasks, so their
 * indexes use extra attributes that only such tasks have; the others cost nothing.
 */
export const INDEXES: Readonly<Record<'jobs' | 'failed' | 'rendering', TableIndex>> = {
  jobs: {
    kind: 'job',
    name: 'by-time',
    lists: 'jobs',
    partitionKey: 'task_type',
    columns: ['job_details', 'notification_info'],
  },
  failed: {
    kind: 'task',
    name: 'failed-by-time',
    lists: 'failed tasks',
    partitionKey: 'task_status',
    columns: ['task_details', 'notification_info'],
  },
  /** Only with the setting `rendering`. */
  rendering: {
    kind: 'task',
    name: 'rendering-by-time',
    lists: 'tasks that render',
    partitionKey: 'rendering',
    columns: ['task_details'],
  },
};

/** The indexes of both tables, by the setting `rendering`. */
export function indexesWith(rendering: Rendering): readonly TableIndex[] {
  return Object.values(INDEXES).filter(
    (index) => index !== INDEXES.rendering || rendering === 'on',
  );
}

/**
 * The AWS CLI command that adds an index to an existing table. DynamoDB makes one index of a table at a time.
 *
 * @param options select the account and region, such as `--region us-east-1`
 */
export function createIndexCommand(index: TableIndex, tableName: string, options: string): string {
  const { name, partitionKey, columns } = index;
  const Create = {
    IndexName: name,
    KeySchema: [
      { AttributeName: partitionKey, KeyType: 'HASH' },
      { AttributeName: SORT_KEY, KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: columns },
  };
  return (
    `aws dynamodb update-table ${options} --table-name ${tableName}` +
    ` --attribute-definitions AttributeName=${partitionKey},AttributeType=S AttributeName=${SORT_KEY},AttributeType=N` +
    ` --global-secondary-index-updates '${JSON.stringify([{ Create }])}'`
  );
}
