import type { Basis } from './cost-inputs.ts';

/** Those of a twelfth of a year. */
export const HOURS = 730;

const GB = 1e9;

/** What DynamoDB bills a unit for each started, in bytes (https://aws.amazon.com/dynamodb/pricing/on-demand/). */
export const UNIT = { write: 1_024, read: 4_096 } as const;

/**
 * What DynamoDB stores of its own with each item, in bytes
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html).
 */
export const ITEM_OVERHEAD = 100;

/** A task's start and its stop are one row. */
export const NOTIFICATIONS_PER_ROW = 2;

/**
 * How many messages one request receives or deletes at most
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-batch-api-actions.html).
 */
export const MESSAGES_PER_REQUEST = 10;

/**
 * How many receives Lambda has under way while a queue is empty: it does not go below five batches
 * where a maximum concurrency is set (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html).
 */
export const POLLERS = 5;

/**
 * How long an empty receive takes, in s: SQS's longest, and what CloudWatch shows of Lambda
 * (https://github.com/getlift/lift/issues/132).
 */
export const POLL = 20;

/** How often Deadline sends (its manual, "SQS Notifications"). */
export const BURSTS_PER_HOUR = 60;

/** Assumed of an invocation: its wait for one read and one write, and its share of cold starts, in s. */
export const WAIT = 0.05;

/** What memory has a whole core (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html). */
export const MIB_PER_CORE = 1_769;

/** Assumed of the lines that Lambda logs of each invocation, its start and its report, in bytes. */
export const LAMBDA_LOG_BYTES = 600;

/** The write units of a notification: of an update, what the greater of the items takes. */
export function writeUnits({ startedBytes, stoppedBytes }: Basis): number {
  const first = Math.ceil(startedBytes / UNIT.write);
  const second = Math.ceil(Math.max(startedBytes, stoppedBytes) / UNIT.write);
  return (first + second) / NOTIFICATIONS_PER_ROW;
}

/** Assumed: how many of the notifications are of tasks that fail. */
export const FAILING = 0.01;

/** A task that fails is put into its index, and taken out of it when it is rendered again. */
export const INDEX_WRITES = 2;

/** The read units of a notification, consistent: of what may be stored already. */
export function readUnits({ startedBytes, stoppedBytes }: Basis): number {
  return Math.ceil(Math.max(startedBytes, stoppedBytes) / UNIT.read);
}

/** What the rows of so many notifications take, in GB. */
export function storedGb(notifications: number, { stoppedBytes }: Basis): number {
  return ((notifications / NOTIFICATIONS_PER_ROW) * (stoppedBytes + ITEM_OVERHEAD)) / GB;
}

/**
 * Each notification is sent, and received and deleted with others. SQS bills each started 64 KB of a
 * request as one; ten of the documented notifications are less.
 */
export function messageRequests(notifications: number): number {
  return notifications * (1 + 2 / MESSAGES_PER_REQUEST);
}

/** The receives of a month from a queue that is always empty. */
export function idleRequests(): number {
  return (POLLERS * HOURS * 3_600) / POLL;
}

/**
 * The invocations of a month: each poller's of each burst, if a burst fits into a batching window; more
 * only where the batches are full.
 */
export function invocations(notifications: number, { batchSize }: Basis): number {
  const ofBursts = POLLERS * BURSTS_PER_HOUR * HOURS;
  return Math.max(notifications / batchSize, Math.min(notifications, ofBursts));
}

/** What the invocations of a month are billed for, in GB-seconds. */
export function gbSeconds(notifications: number, basis: Basis): number {
  const core = Math.min(1, basis.memoryMiB / MIB_PER_CORE);
  const seconds = invocations(notifications, basis) * WAIT + (notifications * basis.cpu) / core;
  return (seconds * basis.memoryMiB) / 1_024;
}

/** What a month's invocations log, in GB. */
export function logGb(notifications: number, basis: Basis): number {
  const ofInvocations = invocations(notifications, basis) * (basis.logBytes + LAMBDA_LOG_BYTES);
  return (ofInvocations + notifications * basis.logBytesEach) / GB;
}
