import { Duration } from 'aws-cdk-lib';
import { type IQueue, Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** How often a message may be received before it is a dead letter. */
const MAX_RECEIVE_COUNT = 5;

const COMMON: QueueProps = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
};

/** The queue that Deadline sends to, and the one for messages that cannot be stored. */
export class NotificationQueues extends Construct {
  readonly notifications: IQueue;
  readonly deadLetters: IQueue;

  constructor(scope: Construct, id: string, props: { readonly visibilityTimeout: Duration }) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...COMMON,
      queueName: 'DeadlineNotifications-DeadLetters',
    });
    this.notifications = new Queue(this, 'Notifications', {
      ...COMMON,
      queueName: 'DeadlineNotifications',
      visibilityTimeout: props.visibilityTimeout,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
  }
}
