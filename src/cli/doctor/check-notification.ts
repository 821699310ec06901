import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { JobNotification } from '../../shared/documented-fields.ts';
import { COMMAND } from '../../shared/resource-names.ts';
import sample from '../../shared/samples/stopped-job.json' with { type: 'json' };
import { type Check, type CheckResult, type SetUp, setUpOptions } from './check.ts';
import { JobRow } from './job-row.ts';

/** How long to wait until the row is looked for again, in ms. */
const PAUSE = 250;

/**
 * Sends a notification of a job that nobody has, waits until it is a row, and removes the row.
 *
 * @param timeout how long to wait at most, in ms
 */
export function checkNotification(timeout: number): Check {
  return {
    name: 'notification',
    needs:
      'sqs:SendMessage on the queue, and dynamodb:GetItem and dynamodb:DeleteItem on the table of jobs',
    run: (setUp) => sendAndWait(setUp, timeout),
  };
}

async function sendAndWait(setUp: SetUp, timeout: number): Promise<CheckResult> {
  const { session, stack } = setUp;
  const { account, signal } = session;
  const id = `doctor-${randomUUID()}`;
  const row = new JobRow(account, stack.JobTableName, id);
  // Nothing is sent that could not be found or removed.
  await row.isThere();
  await row.remove();
  signal.throwIfAborted();

  const begin = performance.now();
  const MessageBody = JSON.stringify(stopped(id));
  // Not broken off: nobody would know whether it was sent.
  await new SQSClient(account).send(
    new SendMessageCommand({ QueueUrl: stack.QueueUrl, MessageBody }),
  );
  console.error(`… a notification is sent, its row is waited for ${seconds(timeout)} at most`);
  const toRemove = `may be there, or still come; remove it:\n\n  ${row.removal(setUpOptions(setUp))}`;
  try {
    await comes(row, begin + timeout, signal);
    const after = seconds(performance.now() - begin);
    // Seen or not, as it may have come since.
    if (await row.remove()) return { ok: true, found: `stored after ${after}, its row is removed` };
  } catch (error) {
    const isRemoved = await row.remove().catch(() => false);
    if (!isRemoved) console.error(`The row of ${id} ${toRemove}\n`);
    throw error;
  }
  return {
    ok: false,
    found: `not stored after ${seconds(timeout)}`,
    fix:
      `${whereToLook(stack.FunctionName)} Where batches are gathered for longer, wait longer with --timeout.\n` +
      `The row ${toRemove}`,
  };
}

/** @param end when to give up, as of `performance.now()` */
async function comes(row: JobRow, end: number, signal: AbortSignal): Promise<void> {
  while (performance.now() < end && !(await row.isThere())) {
    await setTimeout(PAUSE, undefined, { signal });
  }
}

function whereToLook(functionName: string | undefined): string {
  return functionName === undefined
    ? 'Does npm run local still run, and what does it log?'
    : `See what the function says in the log group /aws/lambda/${functionName}, and the dashboard.`;
}

/** What Deadline documents for a job that has stopped, of a job that has completed now. */
function stopped(JobID: string): JobNotification {
  const now = new Date().toISOString();
  return {
    ...sample,
    JobDetails: {
      ...sample.JobDetails,
      JobID,
      JobName: `${COMMAND} doctor`,
      JobStatus: 'Completed',
      JobCompletedDateTime: now,
    },
    NotificationInfo: { ...sample.NotificationInfo, StatusReason: `Sent by ${COMMAND} doctor` },
    Timestamp: now,
  };
}

function seconds(ms: number): string {
  return `${Number((ms / 1_000).toFixed(1))} s`;
}
