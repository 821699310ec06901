import type { CostInputs } from './cost-inputs.ts';

export const HOURS_PER_MONTH = 730;

const GB = 1e9;

/** The bytes per write unit and read unit (https://aws.amazon.com/dynamodb/pricing/on-demand/). */
export const UNIT_BYTES = { write: 1_024, read: 4_096 } as const;

/**
 * The overhead that DynamoDB stores with each item, in bytes
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html).
 */
export const ITEM_OVERHEAD = 100;

/** A task's start and stop share a row. */
export const NOTIFICATIONS_PER_ROW = 2;

/** Assumed: the share of notifications for tasks that fail. */
export const FAILED_SHARE = 0.01;

/** A failed task enters the index, and leaves it when it renders again. */
export const INDEX_WRITES = 2;

/** Per notification: with the setting `rendering`, a task enters the index when it starts, and leaves when it stops. */
export const RENDERING_WRITES = 1;

/**
 * The most messages per receive or delete request
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-batch-api-actions.html).
 */
export const MESSAGES_PER_REQUEST = 10;

/**
 * Lambda's concurrent receives on an empty queue: with a maximum concurrency, it starts with five batches and
 * stays there (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html).
 */
export const POLLERS = 5;

/**
 * The duration of an empty receive, in s: the maximum of SQS, and what CloudWatch shows for Lambda
 * (https://github.com/getlift/lift/issues/132).
 */
export const POLL_SECONDS = 20;

/** How often Deadline sends (its manual, "SQS Notifications"). */
export const BURSTS_PER_HOUR = 60;

/** Assumed: the time an invocation waits for a read and a write, including its share of cold starts, in s. */
export const WAIT_SECONDS = 0.05;

/** The memory that comes with a whole core (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html). */
export const MIB_PER_CORE = 1_769;

/** Assumed: the bytes that Lambda itself logs per invocation (its start and its report). */
export const LAMBDA_LOG_BYTES = 600;

/** Write units per notification. An update is billed by the larger of the two items. */
export function writeUnits({ startedBytes, stoppedBytes }: CostInputs): number {
  const first = Math.ceil(startedBytes / UNIT_BYTES.write);
  const second = Math.ceil(Math.max(startedBytes, stoppedBytes) / UNIT_BYTES.write);
  return (first + second) / NOTIFICATIONS_PER_ROW;
}

/**
 * Read units per notification, for an eventually consistent read of a row that may already be stored. It
 * takes half of a consistent one.
 */
export function readUnits({ startedBytes, stoppedBytes }: CostInputs): number {
  return Math.ceil(Math.max(startedBytes, stoppedBytes) / UNIT_BYTES.read) / 2;
}

/** Storage of the rows of `n` notifications, in GB. */
export function storedGb(n: number, { stoppedBytes }: CostInputs): number {
  return ((n / NOTIFICATIONS_PER_ROW) * (stoppedBytes + ITEM_OVERHEAD)) / GB;
}

/**
 * SQS requests for `n` notifications: each is sent alone, but received and deleted with others. SQS bills a
 * request per started 64 KB; ten documented notifications are smaller.
 */
export function messageRequests(n: number): number {
  return n * (1 + 2 / MESSAGES_PER_REQUEST);
}

/** Receives per month from a queue that is always empty. */
export function idleRequests(): number {
  return (POLLERS * HOURS_PER_MONTH * 3_600) / POLL_SECONDS;
}

/**
 * Invocations for `n` notifications per month: one per poller and burst, as a burst fits into a batching
 * window; more only if batches are full.
 */
export function invocations(n: number, { batchSize }: CostInputs): number {
  const forBursts = POLLERS * BURSTS_PER_HOUR * HOURS_PER_MONTH;
  return Math.max(n / batchSize, Math.min(n, forBursts));
}

/** GB-seconds billed for `n` notifications per month. */
export function gbSeconds(n: number, inputs: CostInputs): number {
  const core = Math.min(1, inputs.memoryMiB / MIB_PER_CORE);
  const seconds = invocations(n, inputs) * WAIT_SECONDS + (n * inputs.cpu) / core;
  return (seconds * inputs.memoryMiB) / 1_024;
}

/** Logs for `n` notifications per month, in GB. */
export function logGb(n: number, inputs: CostInputs): number {
  const perInvocation = inputs.logBytes + LAMBDA_LOG_BYTES;
  return (invocations(n, inputs) * perInvocation + n * inputs.logBytesEach) / GB;
}
