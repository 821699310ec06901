import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  type QueueProps,
} from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Names } from '../../src/shared/resource-names.ts';
import { RETENTION, TIMEOUT } from '../pipeline/delivery.ts';
import { givenUpQueue } from '../pipeline/history-source.ts';
import { encryption } from '../pipeline/queues.ts';

/** The queue of the messages of alerts, and those for what was given up. */
export class AlertQueues extends Construct {
  /** A message for each message of a channel; its group is the channel. */
  readonly messages: Queue;
  /** Messages that a channel did not take. */
  readonly unsent: Queue;
  /** The positions in the stream of the history of what was not told in time. */
  readonly unread: Queue;
  /** Encrypts the queues; `undefined` for SQS's own key. */
  readonly key: IKey | undefined;

  constructor(scope: Construct, id: string, names: Names, key: IKey | undefined) {
    super(scope, id);
    this.key = key;
    const fifo: QueueProps = {
      ...encryption(key),
      fifo: true,
      enforceSSL: true,
      retentionPeriod: RETENTION,
    };
    this.unsent = new Queue(this, 'Unsent', { ...fifo, queueName: names.unsentAlerts });
    this.messages = new Queue(this, 'Messages', {
      ...fifo,
      queueName: names.alertQueue,
      // Each channel by itself.
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      // AWS Lambda developer guide, "Creating and configuring an Amazon SQS event source mapping".
      visibilityTimeout: Duration.seconds(6 * TIMEOUT.toSeconds()),
      // The function gives messages up by their age. This is for those that it cannot: the most that SQS allows.
      deadLetterQueue: { queue: this.unsent, maxReceiveCount: 1_000 },
    });
    this.unread = givenUpQueue(this, 'Unread', { queueName: names.unreadAlerts, key });
  }
}
