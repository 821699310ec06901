import { Validations } from 'aws-cdk-lib';
import {
  AccountPrincipal,
  AnyPrincipal,
  ArnPrincipal,
  Effect,
  Grant,
  type IGrantable,
  ManagedPolicy,
  PolicyStatement,
} from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { type IQueue, Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Names } from '../../src/shared/resource-names.ts';
import type { Configuration } from '../configuration.ts';
import { maxReceiveCount, RETENTION, visibilityTimeout } from './delivery.ts';

/** The actions a Remote Connection Server needs on a queue. */
const SEND = ['sqs:SendMessage', 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes'];
/** The actions a sender needs on an encrypted queue's key (SQS developer guide, "Key management"). */
const ENCRYPT = ['kms:GenerateDataKey', 'kms:Decrypt'];

/** The queue that Deadline sends to, and the one for messages that cannot be stored. */
export class NotificationQueues extends Construct {
  readonly notifications: IQueue;
  readonly deadLetters: IQueue;
  /** The key that encrypts the queues; `undefined` for SQS's own key. */
  readonly key: IKey | undefined;

  constructor(scope: Construct, id: string, configuration: Configuration, names: Names) {
    super(scope, id);
    const { kmsKeyArn, existingQueueArn } = configuration;
    if (kmsKeyArn !== undefined) this.key = Key.fromKeyArn(this, 'Key', kmsKeyArn);
    const common: QueueProps = {
      ...encryption(this.key),
      enforceSSL: true,
      retentionPeriod: RETENTION,
    };

    const deadLetters = new Queue(this, 'DeadLetters', { ...common, queueName: names.deadLetters });
    if (!configuration.allowRedrive) deadLetters.addToResourcePolicy(noRedrive(deadLetters));
    this.deadLetters = deadLetters;

    if (existingQueueArn) {
      this.notifications = Queue.fromQueueArn(this, 'Notifications', existingQueueArn);
      Validations.of(deadLetters).acknowledge({
        id: 'AwsSolutions::AwsSolutions-SQS3',
        reason:
          'It is the dead-letter queue of an existing queue, which the stack does not change.',
      });
    } else {
      this.notifications = new Queue(this, 'Notifications', {
        ...common,
        queueName: names.name,
        visibilityTimeout: visibilityTimeout(configuration),
        deadLetterQueue: { queue: deadLetters, maxReceiveCount: maxReceiveCount(configuration) },
      });
    }
    if (configuration.senders.length > 0) {
      this.notifications.addToResourcePolicy(
        sendersStatement(configuration.senders, this.notifications),
      );
    }
  }

  /** Allows a grantee to send notifications. */
  grantSend(grantee: IGrantable): Grant {
    const send = Grant.addToPrincipalOrResource({
      grantee,
      actions: SEND,
      resourceArns: [this.notifications.queueArn],
      resource: this.notifications,
    });
    return this.key ? send.combine(this.key.grant(grantee, ...ENCRYPT)) : send;
  }
}

/** What encrypts a queue: a key, or SQS's own if there is none. */
export function encryption(key: IKey | undefined): QueueProps {
  return key
    ? { encryption: QueueEncryption.KMS, encryptionMasterKey: key }
    : { encryption: QueueEncryption.SQS_MANAGED };
}

function sendersStatement(senders: readonly string[], queue: IQueue): PolicyStatement {
  return new PolicyStatement({
    principals: senders.map((sender) =>
      /^\d+$/.test(sender) ? new AccountPrincipal(sender) : new ArnPrincipal(sender),
    ),
    actions: SEND,
    resources: [queue.queueArn],
  });
}

/**
 * An explicit denial, which also applies to administrators until they change the policy. A queue's policy can
 * name every action but `ListQueues` (SQS developer guide, "Using policies with Amazon SQS"); for this one,
 * other accounts cannot be allowed ("Limitations of Amazon SQS custom policies").
 */
function noRedrive(deadLetters: IQueue): PolicyStatement {
  return new PolicyStatement({
    sid: 'NoRedrive',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['sqs:StartMessageMoveTask'],
    resources: [deadLetters.queueArn],
  });
}

/** The policy that the role or user of a Deadline Remote Connection Server needs to send to the queue. */
export function senderPolicy(
  scope: Construct,
  id: string,
  queues: NotificationQueues,
): ManagedPolicy {
  const policy = new ManagedPolicy(scope, id, {
    description: 'Lets a Deadline Remote Connection Server send its notifications',
  });
  queues.grantSend(policy);
  return policy;
}
