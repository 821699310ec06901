import { Metrics } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { ONCE, quiet } from '../shared/function-clients.ts';
import { functionLogger } from '../shared/function-logger.ts';
import { NAMESPACE } from '../shared/metric-names.ts';
import { type Retry, retryUntil } from '../shared/retry.ts';
import { readEvent } from '../shared/sqs-event.ts';
import { EntryTable } from './history/entry-table.ts';
import { ingest } from './ingest.ts';
import { report } from './report-records.ts';
import { readSettings } from './settings.ts';
import { TableClient } from './store/table-client.ts';

/** Time reserved at the end of an invocation to report failures, in ms. */
const TIME_TO_REPORT = 1_000;

const { tables: names, rules, history: entries } = readSettings(process.env);
const logger = functionLogger();
const metrics = new Metrics({ namespace: NAMESPACE });
const client = quiet(new DynamoDBClient(ONCE));
const tables = new TableClient(client, names);
const historyTable = entries && new EntryTable(client, entries.tableName);

/**
 * Stores a batch of Deadline's notifications. Invoked by Lambda's event source for SQS.
 *
 * @returns the batch item failures: records that were not stored, and invalid ones. SQS redelivers them, and
 *   moves those that keep failing to the dead-letter queue
 * @throws InvalidEvent if the event is not from SQS
 */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.setCorrelationId(context.awsRequestId);
  const records = readEvent(event);
  const time = context.getRemainingTimeInMillis() - TIME_TO_REPORT;
  const history = entries &&
    historyTable && { ...entries, table: historyTable, retry: retryFor(Math.floor(time / 2)) };
  const ingested = await ingest(records, tables, rules, retryFor(time), history);
  return report(records, ingested, logger, metrics);
}

/** @param time in ms */
function retryFor(time: number): Retry {
  return retryUntil(time > 0 ? AbortSignal.timeout(time) : AbortSignal.abort());
}
