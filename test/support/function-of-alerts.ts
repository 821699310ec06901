import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { inject } from 'vitest';
import type {
  AlertsAnswer,
  AlertsRequest,
  SamplesAnswer,
} from '../../src/alerts/message/channel-message.ts';
import { LOCAL } from '../../src/local/engines/environment.ts';
import { startSqsLocal } from '../../src/local/engines/sqs-local.ts';
import { peek, queueLength } from '../../src/shared/sqs-queue.ts';
import { loadFunction } from './load-function.ts';
import { startProxy } from './proxy.ts';
import { emptyTables, HISTORY, JOBS } from './test-tables.ts';

/** What the function answers to whatever it is asked. */
type Answers = DynamoDBBatchResponse & AlertsAnswer & SamplesAnswer;

/** The function of alerts, with proxies between it and its tables, and it and its FIFO queue. */
export async function functionOfAlerts() {
  const tables = await startProxy();
  const { environment, client } = await emptyTables(tables.endpoint, inject('historyTemplate'));
  const engine = await startSqsLocal(0);
  const queue = await startProxy(engine.endpoint);
  const sqs = new SQSClient({ ...LOCAL, endpoint: engine.endpoint });
  const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
  let files = 0;

  /** Writes alerts into a file. */
  function fileOf(content: unknown): string {
    const path = join(folder, `alerts-${files++}.json`);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  /** Loads the function with some alerts, and an empty queue of its own. */
  async function load(alerts: unknown, settings: Readonly<Record<string, string>> = {}) {
    const created = await sqs.send(
      new CreateQueueCommand({
        QueueName: `alerts-${files}.fifo`,
        Attributes: { FifoQueue: 'true', VisibilityTimeout: '0' },
      }),
    );
    const { pathname } = new URL(created.QueueUrl ?? '');
    const handler = await loadFunction<DynamoDBStreamEvent | AlertsRequest, Answers>(
      {
        ...environment,
        AWS_ENDPOINT_URL_SQS: queue.endpoint,
        ALERT_QUEUE_URL: new URL(pathname, queue.endpoint).href,
        ALERTS_FILE: fileOf(alerts),
        ...settings,
      },
      () => import('../../src/alerts/alerts-handler.ts') as never,
    );
    const url = new URL(pathname, engine.endpoint).href;
    /** The first message of each channel that is in the queue, as it was put in. */
    const queued = async () => {
      const messages = await peek(sqs, url);
      return messages.map(({ Body = '', Attributes = {} }) => ({
        ...JSON.parse(Body),
        group: Attributes.MessageGroupId,
        deduplication: Attributes.MessageDeduplicationId,
      }));
    };
    const length = () => queueLength(sqs, url);
    return { handler, queued, length };
  }

  async function putInto(TableName: string, item: object) {
    await client.send(new PutItemCommand({ TableName, Item: marshall(item) }));
  }

  return {
    tables,
    queue,
    load,
    putRow: (row: object) => putInto(JOBS, row),
    putEntry: (entry: object) => putInto(HISTORY, entry),
    async [Symbol.asyncDispose]() {
      tables[Symbol.dispose]();
      queue[Symbol.dispose]();
      sqs.destroy();
      await engine[Symbol.asyncDispose]();
    },
  };
}
