import type { Kind } from './kinds.ts';

/** A global secondary index of a table, sorted by the time at which SQS received the notification. */
export interface TableIndex {
  readonly name: string;
  /** The partition key. Only rows with this attribute are in the index. */
  readonly partitionKey: string;
  /** The other attributes in the index. DynamoDB can project only whole top-level attributes. */
  readonly columns: readonly string[];
}

/** The sort key of all indexes. */
export const SORT_KEY = 'sent_timestamp';

/** The value of `task_status`, which only failed tasks have. */
export const FAILED = 'Failed';

/**
 * The indexes find rows without their job id: all jobs by time, and failed tasks by time. The job index uses
 * an attribute that every row has, whichever program wrote it. There are many more tasks, so their index
 * uses an extra attribute that only failed tasks have; the others cost nothing.
 */
export const INDEXES: Readonly<Record<Kind, TableIndex>> = {
  job: {
    name: 'by-time',
    partitionKey: 'task_type',
    columns: ['job_details', 'notification_info'],
  },
  task: {
    name: 'failed-by-time',
    partitionKey: 'task_status',
    columns: ['task_details', 'notification_info'],
  },
};

/**
 * The AWS CLI command that adds an index to an existing table.
 *
 * @param options select the account and region, such as `--region us-east-1`
 */
export function createIndexCommand(kind: Kind, tableName: string, options: string): string {
  const { name, partitionKey, columns } = INDEXES[kind];
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
