import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { type Handler, startEventSource } from '../../src/local/event-source.ts';
import { type LocalDeployment, startLocalDeployment } from '../../src/local/local-deployment.ts';
import { chunks } from '../../src/shared/chunks.ts';
import { queueLength } from '../../src/shared/sqs-queue.ts';
import { runCommand } from '../../src/terminal/command.ts';
import { withBar } from '../../src/terminal/progress.ts';
import { documentedEvent } from '../documented-events.ts';

const JOBS = 100;
const TASKS_PER_JOB = 1_000;
const NOTIFICATIONS = JOBS * TASKS_PER_JOB;
const TENTH = NOTIFICATIONS / 10;
/** Messages are hidden longer than an invocation may take, so that nothing is delivered twice. */
const DELIVERY = { visibilityTimeout: 60, maxReceiveCount: 5 };

/** The pipeline's progress at one point. */
export interface Mark {
  readonly stored: number;
  /** The time since the event source started. */
  readonly seconds: number;
}

/** The measurements of emptying the queue. */
export interface Drained {
  /** At the start and after each tenth. */
  readonly marks: readonly Mark[];
  /** CPU time of this process per record, in us: SQS and the function. */
  readonly cpu: number;
}

await runCommand(async (signal) => {
  await using stack = await startLocalDeployment({
    sqsPort: 0,
    dynamoDbPort: 0,
    delivery: DELIVERY,
    signal,
  });
  await fill(stack, signal);
  const drained = await Promise.race([drain(stack, signal), stack.ended]);
  await check(stack);
  await new Promise((resolve) => process.send?.(drained, undefined, undefined, resolve));
  return 0;
});

/** Sends all notifications, each for a different task. */
async function fill(
  { sqs, queueUrl: QueueUrl }: LocalDeployment,
  signal: AbortSignal,
): Promise<void> {
  const send = (records: readonly SQSRecord[]) => {
    const Entries = records.map(({ messageId, body }) => ({ Id: messageId, MessageBody: body }));
    return sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }), { abortSignal: signal });
  };
  await withBar('notifications sent', NOTIFICATIONS, async (onDone) => {
    for (let job = 0; job < JOBS; job += 1) {
      const { Records } = documentedEvent(randomUUID(), TASKS_PER_JOB, Date.now());
      await Promise.all(chunks(Records, 10).map(send));
      onDone(Records.length);
    }
  });
}

/** Empties the queue through the event source. */
async function drain(stack: LocalDeployment, signal: AbortSignal): Promise<Drained> {
  const { sqs, queueUrl } = stack;
  return withBar('notifications stored', NOTIFICATIONS, async (onDone) => {
    const marks: Mark[] = [{ stored: 0, seconds: 0 }];
    let stored = 0;
    const handler: Handler = async (event, context) => {
      const response = await stack.handler(event, context);
      const count = event.Records.length - response.batchItemFailures.length;
      stored += count;
      onDone(count);
      if (stored >= marks.length * TENTH) marks.push({ stored, seconds: secondsSince(begin) });
      return response;
    };

    const begin = performance.now();
    const before = process.cpuUsage();
    const onError = (error: Error) => console.error(error.message);
    await using _ = startEventSource({ ...stack, handler, onError });
    while ((await queueLength(sqs, queueUrl)) > 0) await setTimeout(100, undefined, { signal });
    const { user, system } = process.cpuUsage(before);
    return { marks, cpu: (user + system) / stored };
  });
}

function secondsSince(begin: number): number {
  return (performance.now() - begin) / 1_000;
}

/** @throws unless every notification has become a row */
async function check(stack: LocalDeployment): Promise<void> {
  const { sqs, deadLetterQueueUrl, dynamoDb, taskTableName: TableName } = stack;
  const deadLetters = await queueLength(sqs, deadLetterQueueUrl);
  // DynamoDB Local keeps the count current; a scan of all rows would take minutes.
  const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName }));
  const rows = Table?.ItemCount;
  if (rows === NOTIFICATIONS && deadLetters === 0) return;
  throw new Error(
    `${NOTIFICATIONS} notifications became ${rows} rows and ${deadLetters} dead letters.`,
  );
}
