import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { JobNotification } from '../../shared/documented-fields.ts';
import { COMMAND } from '../../shared/resource-names.ts';
import sample from '../../shared/samples/stopped-job.json' with { type: 'json' };
import {
  type Check,
  type CheckResult,
  denied,
  type Finding,
  type SetUp,
  setUpOptions,
} from './check.ts';
import { TEST_NOTIFICATION, TestRows } from './test-rows.ts';

/** Pause between looks for the row, in ms. */
const PAUSE = 250;

/**
 * Sends a notification of a made-up job, waits for its row, and removes the row, and those of earlier runs.
 *
 * @param timeout how long to wait at most, in ms
 */
export function checkNotification(timeout: number): Check {
  return {
    name: 'notification',
    needs:
      'sqs:SendMessage on the queue, and dynamodb:GetItem and dynamodb:DeleteItem on the job table',
    run: (setUp) => sendAndWait(setUp, timeout),
  };
}

async function sendAndWait(setUp: SetUp, timeout: number): Promise<CheckResult> {
  const { session, stack } = setUp;
  const { account, signal } = session;
  const id = `doctor-${randomUUID()}`;
  const rows = new TestRows(session, stack.JobTableName);
  // Check the permissions to find and remove the row before sending.
  await rows.isThere(id);
  await rows.remove(id);
  // Removed only at the end: a doctor that runs at the same time has seen its own by then.
  const earlier = await listEarlier(rows);
  signal.throwIfAborted();

  const begin = performance.now();
  const MessageBody = JSON.stringify(stopped(id));
  // No abort signal: after an aborted request, nobody knows whether the message was sent.
  await new SQSClient(account).send(
    new SendMessageCommand({ QueueUrl: stack.QueueUrl, MessageBody }),
  );
  console.error(`… sent a test notification, waiting up to ${seconds(timeout)} for its row`);
  const toRemove = `may exist or still appear. To remove it:\n\n  ${rows.removal(id, setUpOptions(setUp))}`;
  try {
    await comes(rows, id, begin + timeout, signal);
    const after = seconds(performance.now() - begin);
    for (const old of earlier.ids) await rows.remove(old);
    // Even if it was not seen: it may have arrived since.
    if (await rows.remove(id)) {
      const others = earlier.ids.length === 0 ? '' : `, and ${earlier.ids.length} of earlier runs`;
      return { findings: earlier.findings, summary: `stored after ${after}, row removed${others}` };
    }
  } catch (error) {
    const isRemoved = await rows.remove(id).catch(() => false);
    if (!isRemoved) console.error(`The row of ${id} ${toRemove}\n`);
    throw error;
  }
  const lost: Finding = {
    level: 'error',
    found: `not stored after ${seconds(timeout)}`,
    fix:
      `${whereToLook(stack.FunctionName)} If batches are collected for longer than that, use a longer --timeout.\n` +
      `The row ${toRemove}`,
  };
  return { findings: [lost, ...earlier.findings], summary: '' };
}

/** The rows of earlier runs, which SQS delivered again after they had been removed. */
async function listEarlier(
  rows: TestRows,
): Promise<{ ids: readonly string[]; findings: readonly Finding[] }> {
  try {
    return { ids: await rows.list(), findings: [] };
  } catch (error) {
    const finding = denied(error as Error, "dynamodb:Query on the job table's index");
    if (finding === undefined) throw error;
    const otherwise = 'Rows of earlier test notifications may stay.';
    return { ids: [], findings: [{ ...finding, otherwise }] };
  }
}

/** @param end when to give up, in terms of `performance.now()` */
async function comes(rows: TestRows, id: string, end: number, signal: AbortSignal): Promise<void> {
  while (performance.now() < end && !(await rows.isThere(id))) {
    await setTimeout(PAUSE, undefined, { signal });
  }
}

function whereToLook(functionName: string | undefined): string {
  return functionName === undefined
    ? 'Is npm run local still running, and what does it log?'
    : `See the log group /aws/lambda/${functionName} and the dashboard.`;
}

/** Deadline's documented notification of a stopped job, for a job that has just completed. */
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
    NotificationInfo: { Name: TEST_NOTIFICATION, StatusReason: `Sent by ${COMMAND} doctor` },
    Timestamp: now,
  };
}

function seconds(ms: number): string {
  return `${Number((ms / 1_000).toFixed(1))} s`;
}
