import { chunks } from '../../shared/chunks.ts';
import { CannotStart } from '../../shared/errors.ts';
import { toRecord } from '../../shared/sqs-record.ts';
import type { Handler } from '../event-source.ts';
import { contextOf } from '../invocation-context.ts';
import type { FarmNotification } from './simulate-farm.ts';

/** The most records of an invocation: the stack's batch size. */
const BATCH_SIZE = 500;

/** How long an invocation may take, in ms: longer than on AWS, as DynamoDB Local may be busy. */
const TIMEOUT = 60_000;

/** How much was stored. */
export interface Loaded {
  readonly notifications: number;
  /** Those that are over, and those that only notifications of their tasks tell of. */
  readonly jobs: number;
  readonly tasks: number;
}

/**
 * Hands notifications to the function, one batch after another, as if SQS had got each when it was
 * sent.
 *
 * @throws CannotStart where the function reports some as not stored
 */
export async function loadFarm(
  notifications: readonly FarmNotification[],
  handler: Handler,
  signal?: AbortSignal,
): Promise<Loaded> {
  for (const batch of chunks(notifications.map(recordOf), BATCH_SIZE)) {
    signal?.throwIfAborted();
    const event = { Records: batch };
    const { batchItemFailures } = await handler(event, contextOf(TIMEOUT));
    if (batchItemFailures.length > 0) {
      throw new CannotStart(
        `${batchItemFailures.length} of ${batch.length} notifications of the farm were not stored.`,
      );
    }
  }
  return count(notifications);
}

function recordOf({ sent, body }: FarmNotification, serial: number) {
  const SentTimestamp = String(sent);
  return toRecord(
    {
      MessageId: `farm-${serial}`,
      Body: JSON.stringify(body),
      Attributes: {
        SentTimestamp,
        ApproximateFirstReceiveTimestamp: SentTimestamp,
        ApproximateReceiveCount: '1',
        SenderId: 'farm',
      },
    },
    'farm',
  );
}

function count(notifications: readonly FarmNotification[]): Loaded {
  const jobs = new Set<string>();
  const tasks = new Set<string>();
  for (const { body } of notifications) {
    jobs.add('JobDetails' in body ? body.JobDetails.JobID : body.TaskDetails.JobID);
    if ('TaskDetails' in body) tasks.add(`${body.TaskDetails.JobID}/${body.TaskDetails.TaskID}`);
  }
  return { notifications: notifications.length, jobs: jobs.size, tasks: tasks.size };
}
