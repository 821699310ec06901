import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  UpdateTimeToLiveCommand,
  type UpdateTimeToLiveCommandInput,
} from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { ofType, type References, resolve, type Template } from './template.ts';

/**
 * Creates a template's tables.
 *
 * @param references receives their names by logical id
 */
export async function createTables(
  template: Template,
  dynamoDb: DynamoDBClient,
  references: References,
): Promise<void> {
  for (const [id, properties] of ofType(template, 'AWS::DynamoDB::GlobalTable')) {
    const { TableName, KeySchema, AttributeDefinitions, BillingMode, GlobalSecondaryIndexes } =
      properties as unknown as CreateTableCommandInput;
    const { StreamSpecification } = properties as unknown as CreateTableCommandInput;
    const { TableDescription } = await dynamoDb.send(
      new CreateTableCommand({
        TableName,
        KeySchema,
        AttributeDefinitions,
        BillingMode,
        GlobalSecondaryIndexes,
        // CloudFormation's has no switch.
        ...(StreamSpecification && {
          StreamSpecification: { ...StreamSpecification, StreamEnabled: true },
        }),
      }),
    );
    const StreamArn = TableDescription?.LatestStreamArn;
    references.set(id, { Ref: TableName as string, StreamArn });
  }
}

/** Turns on the time to live of a template's tables that have one. */
export async function enableTimeToLive(
  template: Template,
  dynamoDb: DynamoDBClient,
): Promise<void> {
  for (const [, properties] of ofType(template, 'AWS::DynamoDB::GlobalTable')) {
    const { TableName, TimeToLiveSpecification } =
      properties as unknown as UpdateTimeToLiveCommandInput;
    if (TimeToLiveSpecification === undefined) continue;
    await dynamoDb.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  }
}

/** How often SQS delivers a message that is not deleted. */
export interface Delivery {
  /** In s. */
  readonly visibilityTimeout: number;
  /** Receives of a message before it becomes a dead letter. */
  readonly maxReceiveCount: number;
}

interface QueueProperties {
  readonly QueueName: string;
  readonly MessageRetentionPeriod: number;
  readonly VisibilityTimeout?: number;
  readonly RedrivePolicy?: { readonly maxReceiveCount: number };
  readonly FifoQueue?: boolean;
}

/**
 * Creates a template's queues, each dead-letter queue before its source queue.
 *
 * @param endpoint the SQS endpoint, used in the queues' URLs
 * @param delivery replaces the template's, unless a queue is FIFO: who reads that one decides when it delivers again
 * @param references receives their URLs and ARNs by logical id
 */
export async function createQueues(
  template: Template,
  sqs: SQSClient,
  endpoint: string,
  { visibilityTimeout, maxReceiveCount }: Delivery,
  references: References,
): Promise<void> {
  const queues = ofType(template, 'AWS::SQS::Queue').sort(
    ([, a], [, b]) => Number('RedrivePolicy' in a) - Number('RedrivePolicy' in b),
  );
  for (const [id, properties] of queues) {
    const queue = resolve(properties, references) as QueueProperties;
    const { QueueName, MessageRetentionPeriod, RedrivePolicy, FifoQueue } = queue;
    const { VisibilityTimeout = visibilityTimeout } = FifoQueue ? queue : {};
    const { QueueUrl: created } = await sqs.send(
      new CreateQueueCommand({
        QueueName,
        Attributes: {
          VisibilityTimeout: String(VisibilityTimeout),
          MessageRetentionPeriod: String(MessageRetentionPeriod),
          ...(RedrivePolicy && {
            RedrivePolicy: JSON.stringify(
              FifoQueue ? RedrivePolicy : { ...RedrivePolicy, maxReceiveCount },
            ),
          }),
          ...(FifoQueue && { FifoQueue: 'true' }),
        },
      }),
    );
    // With a host name that every machine resolves. SQS only looks at the path.
    const QueueUrl = new URL(new URL(created as string).pathname, endpoint).href;
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    references.set(id, { Ref: QueueUrl, Arn: Attributes?.QueueArn as string });
  }
}
