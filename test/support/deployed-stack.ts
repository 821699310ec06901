import { SQSClient } from '@aws-sdk/client-sqs';
import { inject } from 'vitest';
import { startCloudFormationLocal } from '../../src/local/engines/cloudformation-local.ts';
import { LOCAL } from '../../src/local/engines/environment.ts';
import { startSqsLocal } from '../../src/local/engines/sqs-local.ts';
import { createQueues } from '../../src/local/provision.ts';
import { resolveOutputs } from '../../src/local/template.ts';
import { loadFunction } from './load-function.ts';
import { startProxy } from './proxy.ts';
import { emptyTables } from './test-tables.ts';

const DELIVERY = { visibilityTimeout: 30, maxReceiveCount: 5 };

/** The stack as it is deployed, but that nobody feeds its queue to its function. */
export async function deployed(dynamoDbEndpoint?: string, template = inject('template')) {
  const { references, environment, row, tasksOf, historyOf, client } = await emptyTables(
    dynamoDbEndpoint,
    template,
  );
  const sqsLocal = await startSqsLocal(0);
  const sqsProxy = await startProxy(sqsLocal.endpoint);
  const { endpoint } = sqsProxy;
  const sqs = new SQSClient({ ...LOCAL, endpoint });
  await createQueues(template, sqs, endpoint, DELIVERY, references);
  const outputs = resolveOutputs(template, references);
  const cloudFormation = await startCloudFormationLocal('DeadlineNotifications', outputs);
  return {
    sqs,
    sqsProxy,
    queueUrl: outputs.QueueUrl as string,
    deadLetterQueueUrl: outputs.DeadLetterQueueUrl as string,
    outputs,
    handler: await loadFunction(environment),
    client,
    row,
    tasksOf,
    historyOf,
    /** What makes a command find all of it. */
    environment: {
      ...environment,
      AWS_ENDPOINT_URL_SQS: endpoint,
      AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
    },
  };
}
