import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Names } from '../../src/shared/resource-names.ts';
import type { Configuration } from '../configuration.ts';
import type { NotificationTable } from '../pipeline/tables.ts';
import { AlertMaker } from './alert-maker.ts';
import { AlertQueues } from './alert-queues.ts';
import { AlertSender } from './alert-sender.ts';

export interface AlertingProps {
  readonly configuration: Configuration;
  readonly names: Names;
  /** Encrypts the queues; `undefined` for SQS's own key. */
  readonly key: IKey | undefined;
  readonly jobs: NotificationTable;
  /** The history, with its stream. */
  readonly history: TableV2;
}

/** What tells people: a function that makes messages, the queue that holds them, and a function that sends them. */
export class Alerting extends Construct {
  readonly queues: AlertQueues;
  readonly maker: AlertMaker;
  readonly sender: AlertSender;

  constructor(scope: Construct, id: string, { key, ...props }: AlertingProps) {
    super(scope, id);
    this.queues = new AlertQueues(this, 'Queues', props.names, key);
    this.maker = new AlertMaker(this, 'Maker', { ...props, queues: this.queues });
    this.sender = new AlertSender(this, 'Sender', { ...props, queues: this.queues });
  }
}
