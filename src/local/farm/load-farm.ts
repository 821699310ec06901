import { chunks } from '../../shared/chunks.ts';
import { CannotStart } from '../../shared/errors.ts';
import { toRecord } from '../../shared/sqs-record.ts';
import type { Handler } from '../event-source.ts';
import { invocationContext } from '../invocation-context.ts';
import type { FarmNotification } from './simulate-farm.ts';

/** Records per invocation: the stack's default batch size. */
const BATCH_SIZE = 500;

/** The timeout of an invocation, in ms: longer than on AWS, as DynamoDB Local may be busy. */
const TIMEOUT = 60_000;

/** Counts of what was stored. */
export interface LoadedFarm {
  readonly notifications: number;
  /** Jobs that have a notification themselves or for a task. */
  readonly jobs: number;
  readonly tasks: number;
}

/**
 * Passes notifications to the function in batches, each with its send time.
 *
 * @throws CannotStart if the function reports batch item failures
 */
export async function loadFarm(
  notifications: readonly FarmNotification[],
  handler: Handler,
  signal?: AbortSignal,
): Promise<LoadedFarm> {
  for (const batch of chunks(notifications, BATCH_SIZE)) {
    signal?.throwIfAborted();
    await loadBatch(batch, handler);
  }
  return countFarm(notifications);
}

/**
 * Passes notifications to the function at once.
 *
 * @throws CannotStart if the function reports batch item failures
 */
export async function loadBatch(
  notifications: readonly FarmNotification[],
  handler: Handler,
): Promise<void> {
  const Records = notifications.map(toSqsRecord);
  const { batchItemFailures } = await handler({ Records }, invocationContext(TIMEOUT));
  if (batchItemFailures.length > 0) {
    throw new CannotStart(
      `${batchItemFailures.length} of ${Records.length} notifications from the farm were not stored.`,
    );
  }
}

function toSqsRecord({ sent, body }: FarmNotification, serial: number) {
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

export function countFarm(notifications: readonly FarmNotification[]): LoadedFarm {
  const jobs = new Set<string>();
  const tasks = new Set<string>();
  for (const { body } of notifications) {
    jobs.add('JobDetails' in body ? body.JobDetails.JobID : body.TaskDetails.JobID);
    if ('TaskDetails' in body) tasks.add(`${body.TaskDetails.JobID}/${body.TaskDetails.TaskID}`);
  }
  return { notifications: notifications.length, jobs: jobs.size, tasks: tasks.size };
}
