import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { putIfNewer } from './put-item.ts';

const processor = new BatchProcessor(EventType.SQS);

/** One conditional `PutItem` per record, run by the batch utility of Powertools for AWS Lambda. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return processPartialResponse(event, putIfNewer, processor, { context });
}
