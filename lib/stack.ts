import { Annotations, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { NEWEST_BY, type NewestBy } from '../src/newest.ts';
import { Ingester } from './ingester.ts';
import { NotificationQueues } from './queues.ts';
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
    });
    const tables = new NotificationTables(this, 'Tables');
    new Ingester(this, 'Ingester', {
      queue: queues.notifications,
      tables,
      newestBy: this.#newestBy(),
    });
    const policy = senderPolicy(this, 'SenderPolicy', queues.notifications);

    const outputs = {
      QueueUrl: queues.notifications.queueUrl,
      PasteQueueUrlInto:
        'Deadline Monitor: Tools > Configure Repository Options > Notifications > SQS Notifications',
      SenderPolicyArn: policy.managedPolicyArn,
      JobTableName: tables.jobs.tableName,
      TaskTableName: tables.tasks.tableName,
      DeadLetterQueueUrl: queues.deadLetters.queueUrl,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }

  /** From the context, such as `-c newestBy=timestamp`. A wrong one is an error of the synthesis. */
  #newestBy(): NewestBy {
    const [standard] = NEWEST_BY;
    const wanted = this.node.tryGetContext('newestBy') ?? standard;
    if (NEWEST_BY.includes(wanted)) return wanted;
    const message = `The context value newestBy must be one of ${NEWEST_BY.join(', ')}, not ${wanted}.`;
    Annotations.of(this).addError(message);
    return standard;
  }
}
