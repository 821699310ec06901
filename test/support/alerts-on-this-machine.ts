import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { inject, vi } from 'vitest';
import { createStackTables } from '../../bench/stack-tables.ts';
import { readAlertsFile } from '../../src/local/alerts/alerts-file.ts';
import { type LocalAlertsOptions, startLocalAlerts } from '../../src/local/alerts/local-alerts.ts';
import { tellNight } from '../../src/local/alerts/tell-night.ts';
import { LOCAL, localEngines } from '../../src/local/engines/environment.ts';
import { startSqsLocal } from '../../src/local/engines/sqs-local.ts';
import type { FarmNotification } from '../../src/local/farm/simulate-farm.ts';
import { createQueues } from '../../src/local/provision.ts';
import { functionSettings } from '../../src/local/template.ts';
import { toRecord } from '../../src/shared/sqs-record.ts';
import { context } from './records.ts';
import { withEnvironment } from './run-cli.ts';

/**
 * Alerts as `npm run local` has them, with tables and queues of their own, and nothing that polls: a test says when
 * time passes.
 *
 * @param entries as in `cdk.json`, for which the problems of the history are enough
 */
export async function alertsOnThisMachine(
  entries: readonly object[],
  smtp?: LocalAlertsOptions['smtp'],
) {
  const folder = await mkdtemp(join(tmpdir(), 'alerts-'));
  const path = join(folder, 'alerts.json');
  writeFileSync(path, JSON.stringify(entries));
  const file = readAlertsFile(path);
  const template = inject('alertsTemplate');
  const endpoint = inject('dynamoDbEndpoint');
  const { region, credentials, references } = await createStackTables(template, endpoint);
  const sqsLocal = await startSqsLocal(0);
  const sqs = new SQSClient({ ...LOCAL, endpoint: sqsLocal.endpoint });
  const delivery = { visibilityTimeout: 30, maxReceiveCount: 5 };
  await createQueues(template, sqs, sqsLocal.endpoint, delivery, references);
  const printed: (readonly [channel: string, payload: object])[] = [];
  const waits: number[] = [];
  const environment = {
    ...process.env,
    ...localEngines(endpoint, credentials),
    ...functionSettings(template, references).environment,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
  };

  return withEnvironment(environment, async () => {
    vi.resetModules();
    const { handler } = await import('../../src/ingest/handler.ts');
    const alerts = await startLocalAlerts(
      {
        ...{ file, digestSeconds: 60, smtp },
        print: (channel, payload) => printed.push([channel, payload]),
        sleep: async (ms) => waits.push(ms),
      },
      {
        ...{ template, references, sqs, sqsEndpoint: sqsLocal.endpoint },
        streams: new DynamoDBStreamsClient({ region, credentials, endpoint }),
      },
    );
    const own = { ...process.env };
    const { queueUrl: QueueUrl } = alerts.messages;

    /** Sends what is visible in the queue, one by one, until there is no more. */
    async function send(): Promise<SQSRecord[]> {
      const failed: SQSRecord[] = [];
      for (;;) {
        const { Messages: [message] = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'] }),
        );
        if (message === undefined) return failed;
        const record = toRecord(message, QueueUrl);
        const { receiptHandle: ReceiptHandle } = record;
        const answer = await alerts.messages.handler({ Records: [record] }, context());
        if (answer.batchItemFailures.length > 0) failed.push(record);
        else await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
    }

    /** Lets the time pass after which these messages are sent again. */
    async function pass(failed: readonly SQSRecord[]): Promise<void> {
      for (const { receiptHandle: ReceiptHandle } of failed) {
        await sqs.send(
          new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
        );
      }
    }

    return {
      alerts,
      printed,
      /** How long channels were left alone, in ms. */
      waits,
      tell: (night: readonly FarmNotification[]) =>
        withEnvironment(own, () => tellNight(night, handler, alerts)),
      send,
      pass,
      async [Symbol.asyncDispose]() {
        await alerts[Symbol.asyncDispose]();
        await sqsLocal[Symbol.asyncDispose]();
        await rm(folder, { recursive: true });
      },
    };
  });
}
