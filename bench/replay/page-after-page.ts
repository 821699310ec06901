import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { ingest, type Rules } from '../../src/ingest/ingest.ts';
import { MAX_KEYS } from '../../src/ingest/store/row-store.ts';
import type { TableClient } from '../../src/ingest/store/table-client.ts';
import { chunks } from '../../src/shared/chunks.ts';
import { retryUntil } from '../../src/shared/retry.ts';
import { toRecord } from '../../src/shared/sqs-record.ts';

const RULES: Rules = {
  newestBy: 'sent_timestamp',
  retentionDays: undefined,
  emptyFields: 'keep',
  rendering: 'off',
};

/**
 * Replays dead letters with one request after another: receives a page, stores it, and deletes it, then goes on
 * to the next page.
 *
 * @returns how many were replayed
 */
export async function replayPageAfterPage(
  sqs: SQSClient,
  QueueUrl: string,
  tables: TableClient,
  signal: AbortSignal,
): Promise<number> {
  let replayed = 0;
  for (;;) {
    const page = await receivePage(sqs, QueueUrl);
    if (page.length === 0) return replayed;
    const records = page.map((message) => toRecord(message, QueueUrl));
    await ingest(records, tables, RULES, retryUntil(signal));
    signal.throwIfAborted();
    for (const chunk of chunks(page, 10)) {
      const Entries = chunk.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
    replayed += page.length;
  }
}

async function receivePage(sqs: SQSClient, QueueUrl: string): Promise<Message[]> {
  const page: Message[] = [];
  while (page.length < MAX_KEYS) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All'],
        WaitTimeSeconds: 1,
      }),
    );
    if (Messages.length === 0) break;
    page.push(...Messages);
  }
  return page;
}
