/** The names that a row has for Deadline's, at every depth (Deadline's manual, "SQS Notifications"). */
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

/** When DynamoDB is to delete a row, in s since the epoch (its developer guide, "Time to Live"). */
export const EXPIRES_AT = 'expires_at';
