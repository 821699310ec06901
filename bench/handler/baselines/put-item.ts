import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { putIfNewer } from './conditional-put.ts';

/** How many the SDK has connections for, unless it is told otherwise. */
const AT_ONCE = 50;

/** One conditional `PutItem` a record, so many at once. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const failed: string[] = [];
  const records = Records.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const record of records) {
        await putIfNewer(record).catch(() => failed.push(record.messageId));
      }
    }),
  );
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
