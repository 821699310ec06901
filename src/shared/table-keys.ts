/** A key attribute of a table, with its type in DynamoDB's letters: text or number. */
export interface TableKey {
  readonly name: string;
  readonly type: 'S' | 'N';
}

const JOB_ID: TableKey = { name: 'job_id', type: 'S' };
const TASK_ID: TableKey = { name: 'task_id', type: 'N' };
/** Of the history: orders a job's entries. */
const AT: TableKey = { name: 'at', type: 'S' };

/**
 * The partition key of each table, then its sort key if it has one. Those of jobs and tasks are documented
 * (Deadline's manual, "SQS Notifications").
 */
export const TABLE_KEYS = {
  job: [JOB_ID],
  task: [JOB_ID, TASK_ID],
  history: [JOB_ID, AT],
} as const;
