import { Duration } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type IQueue, Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** How often a message may be received before it is a dead letter. */
const MAX_RECEIVE_COUNT = 5;

const COMMON: QueueProps = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
};

/** Whether SQS's own redrive may move dead letters: it sends them anew, as if they were the newest. */
export const REDRIVE = ['denied', 'allowed'] as const;

export interface NotificationQueuesProps {
  readonly visibilityTimeout: Duration;
  readonly redrive: (typeof REDRIVE)[number];
}

/** The queue that Deadline sends to, and the one for messages that cannot be stored. */
export class NotificationQueues extends Construct {
  readonly notifications: IQueue;
  readonly deadLetters: IQueue;

  constructor(scope: Construct, id: string, props: NotificationQueuesProps) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...COMMON,
      queueName: 'DeadlineNotifications-DeadLetters',
    });
    if (props.redrive === 'denied') this.deadLetters.addToResourcePolicy(this.#noRedrive());
    this.notifications = new Queue(this, 'Notifications', {
      ...COMMON,
      queueName: 'DeadlineNotifications',
      visibilityTimeout: props.visibilityTimeout,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
  }

  /** An explicit denial holds for administrators, too, until the policy is changed. */
  #noRedrive(): PolicyStatement {
    return new PolicyStatement({
      sid: 'NoRedrive',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['sqs:StartMessageMoveTask'],
      resources: [this.deadLetters.queueArn],
    });
  }
}
