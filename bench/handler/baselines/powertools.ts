import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { putIfNewer } from './conditional-put.ts';

const processor = new BatchProcessor(EventType.SQS);

/** Powertools' batch utility, with a conditional `PutItem` for each record. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return processPartialResponse(event, putIfNewer, processor, { context });
}
