import { EXIT } from '../../terminal/exit-codes.ts';
import { type Finding, take } from '../doctor/check.ts';
import { alarms } from '../doctor/check-alarms.ts';
import { eventSource } from '../doctor/check-event-source.ts';
import { notification } from '../doctor/check-notification.ts';
import { deadLetters, queue } from '../doctor/check-queue.ts';
import { senderPolicy } from '../doctor/check-sender-policy.ts';
import { findSetUp } from '../doctor/check-stack.ts';
import { table } from '../doctor/check-table.ts';
import { say } from '../doctor/print-result.ts';
import type { Session } from '../session.ts';

export interface DoctorOptions {
  /** How long to wait for the row of a notification, in ms. */
  readonly timeout: number;
}

/** The way of a notification, and then what tells of trouble. */
const STEPS = [queue, senderPolicy, eventSource, table('job'), table('task'), deadLetters, alarms];

/** Says of each part of the set-up what it found and how to mend it, and sends a notification through all. */
export async function doctor(session: Session, { timeout }: DoctorOptions): Promise<number> {
  let code = 0;
  for await (const finding of walk(session, timeout)) {
    say(finding, session.json);
    if (finding.ok === false) code = finding.exit ?? EXIT.failure;
  }
  return code;
}

/** What is found, step by step. Without a stack, nothing else can be looked at. */
async function* walk(session: Session, timeout: number): AsyncGenerator<Finding> {
  const setUp = yield* findSetUp(session);
  if (setUp === undefined) return;

  const inTheWay: string[] = [];
  for (const step of STEPS) {
    const finding = await take(step, setUp);
    if (finding.blocks || (step.isRequired && !finding.ok)) inTheWay.push(step.step);
    yield finding;
  }
  const last = notification(timeout);
  yield inTheWay.length === 0
    ? await take(last, setUp)
    : { step: last.step, ok: undefined, found: `not sent: first mend ${inTheWay.join(', ')}` };
}
