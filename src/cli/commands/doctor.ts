import { styleText } from 'node:util';
import { EXIT } from '../../terminal/exit-codes.ts';
import { printable } from '../../terminal/printable.ts';
import { type NamedResult, runCheck } from '../doctor/check.ts';
import { checkAlarms } from '../doctor/check-alarms.ts';
import { checkDeadLetters } from '../doctor/check-dead-letters.ts';
import { checkEventSource } from '../doctor/check-event-source.ts';
import { checkNotification } from '../doctor/check-notification.ts';
import { checkQueue } from '../doctor/check-queue.ts';
import { checkSenderPolicy } from '../doctor/check-sender-policy.ts';
import { checkStack } from '../doctor/check-stack.ts';
import { checkTable } from '../doctor/check-table.ts';
import { jsonLine } from '../output.ts';
import type { Session } from '../session.ts';

export interface DoctorOptions {
  /** How long to wait for the test notification's row, in ms. */
  readonly timeout: number;
}

/** In the order in which a notification passes, then what reports problems. */
const CHECKS = [
  checkQueue,
  checkSenderPolicy,
  checkEventSource,
  checkTable('job'),
  checkTable('task'),
  checkDeadLetters,
  checkAlarms,
];

/** Checks each part of the setup, sends a test notification through it, and says what to fix. */
export async function doctor(session: Session, { timeout }: DoctorOptions): Promise<number> {
  let code = 0;
  for await (const result of checkAll(session, timeout)) {
    print(result, session.json);
    if (result.ok === false) code = result.exitCode ?? EXIT.failure;
  }
  return code;
}

/** Yields the results one by one. Without a stack, nothing else can be checked. */
async function* checkAll(session: Session, timeout: number): AsyncGenerator<NamedResult> {
  const setUp = yield* checkStack(session);
  if (setUp === undefined) return;

  const toFix: string[] = [];
  for (const check of CHECKS) {
    const result = await runCheck(check, setUp);
    if (result.blocks || (check.isRequired && !result.ok)) toFix.push(check.name);
    yield result;
  }
  const last = checkNotification(timeout);
  yield toFix.length === 0
    ? await runCheck(last, setUp)
    : { name: last.name, ok: undefined, found: `not sent: first fix ${toFix.join(', ')}` };
}

/** The length of the longest check name. */
const WIDTH = 'table of tasks'.length;

function print({ name, ok, found, fix }: NamedResult, json: boolean): void {
  if (json) {
    console.log(jsonLine({ step: name, ok, found, mend: fix }));
    return;
  }
  console.log(`${mark(ok)} ${name.padEnd(WIDTH)}  ${printable(found)}`);
  if (fix !== undefined) console.log(`\n${indented(printable(fix.trimEnd()))}\n`);
}

/** Colored if standard output supports it. */
function mark(ok: boolean | undefined): string {
  if (ok === undefined) return styleText('dim', '–');
  return ok ? styleText('green', '✓') : styleText('red', '✗');
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ');
}
