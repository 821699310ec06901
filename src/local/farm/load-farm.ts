import { chunks } from '../../shared/chunks.ts';
import { CannotStart } from '../../shared/errors.ts';
import { toRecord } from '../../shared/sqs-record.ts';
import type { Handler } from '../event-source.ts';
import { invocationContext } from '../invocation-context.ts';
import type { FarmNotification } from './simulate-farm.ts';

/** Records per invocation: the stack's batch size. */
const BATCH_SIZE = 500;

/** Time for an invocation, in ms: more than on AWS, as DynamoDB Local may be busy. */
const TIMEOUT = 60_000;

/** What was stored. */
export interface LoadedFarm {
  readonly notifications: number;
  /** Jobs with a notification of their own or of a task. */
  readonly jobs: number;
  readonly tasks: number;
}

/**
 * Hands notifications to the function in batches, each with the time at which it was sent.
 *
 * @throws CannotStart if the function reports records as not stored
 */
export async function loadFarm(
  notifications: readonly FarmNotification[],
  handler: Handler,
  signal?: AbortSignal,
): Promise<LoadedFarm> {
  for (const Records of chunks(notifications.map(toSqsRecord), BATCH_SIZE)) {
    signal?.throwIfAborted();
    const { batchItemFailures } = await handler({ Records }, invocationContext(TIMEOUT));
    if (batchItemFailures.length > 0) {
      throw new CannotStart(
        `${batchItemFailures.length} of ${Records.length} notifications of the farm were not stored.`,
      );
    }
  }
  return count(notifications);
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

function count(notifications: readonly FarmNotification[]): LoadedFarm {
  const jobs = new Set<string>();
  const tasks = new Set<string>();
  for (const { body } of notifications) {
    jobs.add('JobDetails' in body ? body.JobDetails.JobID : body.TaskDetails.JobID);
    if ('TaskDetails' in body) tasks.add(`${body.TaskDetails.JobID}/${body.TaskDetails.TaskID}`);
  }
  return { notifications: notifications.length, jobs: jobs.size, tasks: tasks.size };
}
