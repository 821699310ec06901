import type { Context, SQSRecord } from 'aws-lambda';
import { expect, inject } from 'vitest';
import { loadFunction } from './load-function.ts';
import { type Call, type Fault, startProxy } from './proxy.ts';
import { context, event } from './records.ts';
import { emptyTables } from './test-tables.ts';

export const READ = 'BatchGetItem';
export const WRITE = 'BatchExecuteStatement';
/** Of the history. */
export const RECORD = 'BatchWriteItem';

/** A function with a proxy between it and its tables. */
export async function behindProxy(template = inject('template')) {
  const proxy = await startProxy();
  const { environment, row, historyOf, client } = await emptyTables(proxy.endpoint, template);
  const handler = await loadFunction(environment);

  /**
   * Delivers a batch of tasks, and holds its answer against the table: what is acknowledged is stored.
   *
   * @returns the positions of the records that are to be delivered again
   */
  async function deliver(batch: SQSRecord[], invocation: Context = context()): Promise<number[]> {
    const { batchItemFailures } = await handler(event(...batch), invocation);
    const reported = batchItemFailures.map(({ itemIdentifier }) =>
      batch.findIndex(({ messageId }) => messageId === itemIdentifier),
    );
    for (const [index, { attributes, body }] of batch.entries()) {
      if (reported.includes(index)) continue;
      const { JobID, TaskID } = JSON.parse(body).TaskDetails;
      const { sent_timestamp } = (await row(JobID, TaskID)) ?? {};
      expect(Number(sent_timestamp?.N)).toBeGreaterThanOrEqual(Number(attributes.SentTimestamp));
    }
    return reported;
  }

  /** What was asked of DynamoDB, one after another. */
  const operations = () => proxy.calls.map(({ operation }) => operation);

  return { proxy, environment, client, row, historyOf, handler, deliver, operations };
}

/** A fault for each request of an operation. */
export const always = (operation: string, fault: Fault) => (call: Call) =>
  call.operation === operation ? fault : undefined;
