/** Deadline's names and those used in rows, at every depth (Deadline's manual, "SQS Notifications"). */
export const ATTRIBUTE_NAMES: ReadonlyMap<string, string> = new Map([
  ['TaskDetails', 'task_details'],
  ['JobDetails', 'job_details'],
  ['NotificationInfo', 'notification_info'],
  ['WorkerInfo', 'worker_info'],
  ['AWSInfo', 'aws_info'],
  ['PROTOCOL', 'protocol_version'],
  ['Timestamp', 'timestamp'],
  ['Source', 'source'],
]);

/** When DynamoDB may delete a row, in s since the epoch (its developer guide, "Time to Live"). */
export const EXPIRES_AT = 'expires_at';
