import { Aws } from 'aws-cdk-lib';
import { EXPIRES_AT } from '../../src/shared/attribute-names.ts';
import { createIndexCommand, INDEXES, type TableIndex } from '../../src/shared/indexes.ts';
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
  const { existingQueueArn, existingJobTable, existingTaskTable, rendering } = configuration;
  return {
    ...(existingQueueArn && { SetUpQueue: setAttributes(configuration, queues) }),
    ...(existingJobTable && { SetUpJobTable: setUp(INDEXES.jobs, tables.jobs, configuration) }),
    ...(existingTaskTable && {
      SetUpTaskTable: setUp(INDEXES.failed, tables.tasks, configuration),
    }),
    // On its own, as DynamoDB makes one index of a table at a time.
    ...(existingTaskTable &&
      rendering === 'on' && { SetUpRendering: createIndex(INDEXES.rendering, tables.tasks) }),
  };
}

function setUp(
  index: TableIndex,
  table: NotificationTable,
  { retentionDays }: Configuration,
): string {
  const create = createIndex(index, table);
  // The index last, as a table cannot be changed otherwise while one is being created. `;` rather than
  // `&&`, as the first command fails if the TTL is already on.
  return retentionDays === undefined ? create : `${expire(table)}; ${create}`;
}

function createIndex(index: TableIndex, { tableName }: NotificationTable): string {
  return createIndexCommand(index, tableName, `--region ${Aws.REGION}`);
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

function expire({ tableName }: NotificationTable): string {
  return `aws dynamodb update-time-to-live --region ${Aws.REGION} --table-name ${tableName} --time-to-live-specification Enabled=true,AttributeName=${EXPIRES_AT}`;
}
