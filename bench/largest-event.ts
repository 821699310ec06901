import type { SQSEvent, SQSRecord } from 'aws-lambda';

/** The most that Lambda takes as one event, in bytes ("Lambda quotas" of its developer guide). */
const MAX_EVENT_BYTES = 6 * 1024 * 1024;

/** An event as large as they get, of one record for different tasks. */
export function largestEvent(record: (taskId: number) => SQSRecord): SQSEvent {
  const Records = [];
  for (let size = 20; ; ) {
    const next = record(Records.length);
    size += Buffer.byteLength(JSON.stringify(next)) + 1;
    if (size > MAX_EVENT_BYTES) return { Records };
    Records.push(next);
  }
}
