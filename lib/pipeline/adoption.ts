import { Aws } from 'aws-cdk-lib';
import { EXPIRES_AT } from '../../src/shared/attribute-names.ts';
import { createIndexCommand } from '../../src/shared/indexes.ts';
import type { Kind } from '../../src/shared/kinds.ts';
import type { Configuration } from '../configuration.ts';
import { maxReceiveCount, visibilityTimeout } from './delivery.ts';
import type { NotificationQueues } from './queues.ts';
import type { NotificationTable, NotificationTables } from './tables.ts';

/**
 * AWS CLI commands that set what a stack cannot set on an existing queue and tables, by the name of the
 * output that shows them.
 */
export function setUpCommands(
  configuration: Configuration,
  queues: NotificationQueues,
  tables: NotificationTables,
): Record<string, string> {
  const { existingQueueArn, existingJobTable, existingTaskTable } = configuration;
  return {
    ...(existingQueueArn && { SetUpQueue: setAttributes(configuration, queues) }),
    ...(existingJobTable && { SetUpJobTable: setUp('job', tables.jobs, configuration) }),
    ...(existingTaskTable && { SetUpTaskTable: setUp('task', tables.tasks, configuration) }),
  };
}

function setUp(
  kind: Kind,
  { tableName }: NotificationTable,
  { retentionDays }: Configuration,
): string {
  const createIndex = createIndexCommand(kind, tableName, `--region ${Aws.REGION}`);
  // The index last, as a table cannot be changed otherwise while one is being created. `;` rather than
  // `&&`, as the first command fails if the TTL is already on.
  return retentionDays === undefined ? createIndex : `${expire(tableName)}; ${createIndex}`;
}

function setAttributes(configuration: Configuration, queues: NotificationQueues): string {
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: queues.deadLetters.queueArn,
    maxReceiveCount: String(maxReceiveCount(configuration)),
  });
  const VisibilityTimeout = String(visibilityTimeout(configuration).toSeconds());
  const attributes = JSON.stringify({ VisibilityTimeout, RedrivePolicy });
  return `aws sqs set-queue-attributes --region ${Aws.REGION} --queue-url ${queues.notifications.queueUrl} --attributes '${attributes}'`;
}

function expire(tableName: string): string {
  return `aws dynamodb update-time-to-live --region ${Aws.REGION} --table-name ${tableName} --time-to-live-specification Enabled=true,AttributeName=${EXPIRES_AT}`;
}
