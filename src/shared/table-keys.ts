/** A key attribute of a table, with its type in DynamoDB's letters: text or number. */
export interface TableKey {
  readonly name: string;
  readonly type: 'S' | 'N';
}

const JOB_ID: TableKey = { name: 'job_id', type: 'S' };
const TASK_ID: TableKey = { name: 'task_id', type: 'N' };

/** The partition key of each table, then its sort key if it has one (Deadline's manual, "SQS Notifications"). */
export const TABLE_KEYS = { job: [JOB_ID], task: [JOB_ID, TASK_ID] } as const;
