import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { NEWEST_BY } from '../src/newest.ts';
import { choice } from './choice.ts';
import { Ingester } from './ingester.ts';
import { NotificationQueues, REDRIVE } from './queues.ts';
import { senderPolicy } from './sender-policy.ts';
import { NotificationTables } from './tables.ts';

/** All that takes Deadline's notifications from its Remote Connection Server into two tables. */
export class DeadlineNotificationsStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, {
      description: 'Stores the newest SQS notification of each AWS Thinkbox Deadline job and task',
      ...props,
    });

    const queues = new NotificationQueues(this, 'Queues', {
      visibilityTimeout: Ingester.VISIBILITY_TIMEOUT,
      redrive: choice(this, 'redrive', REDRIVE),
    });
    const tables = new NotificationTables(this, 'Tables');
    const newestBy = choice(this, 'newestBy', NEWEST_BY);
    new Ingester(this, 'Ingester', { queue: queues.notifications, tables, newestBy });
    const policy = senderPolicy(this, 'SenderPolicy', queues.notifications);

    const outputs = {
      QueueUrl: queues.notifications.queueUrl,
      PasteQueueUrlInto:
        'Deadline Monitor: Tools > Configure Repository Options > Notifications > SQS Notifications',
      SenderPolicyArn: policy.managedPolicyArn,
      JobTableName: tables.jobs.tableName,
      TaskTableName: tables.tasks.tableName,
      DeadLetterQueueUrl: queues.deadLetters.queueUrl,
      NewestBy: newestBy,
      RetentionDays: 'off',
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
