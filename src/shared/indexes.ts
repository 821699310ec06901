import type { Kind } from './kinds.ts';

/** A global secondary index of a table: rows by the time at which SQS got their notification. */
export interface TableIndex {
  readonly name: string;
  /** The attribute that a row has to have to be in the index. */
  readonly partitionKey: string;
  /** What else of a row is in the index: DynamoDB takes whole attributes, at the top of a row. */
  readonly columns: readonly string[];
}

/** What all indexes are sorted by. */
export const SORT_KEY = 'sent_timestamp';

/** The value of `task_status`, which only the rows of failed tasks have. */
export const FAILED = 'Failed';

/**
 * What finds rows by anything but their job: all jobs by time, and failed tasks by time. A job is in its
 * index as it is, whoever wrote its row. For tasks, which are many more, the index has an attribute of its
 * own, so that it costs nothing for those that did not fail.
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
 * What the AWS CLI has to be told to add an index to a table that was there before.
 *
 * @param options say which account and region, such as `--region us-east-1`
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
