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
  /** How long to wait for the row of a notification, in ms. */
  readonly timeout: number;
}

/** Along the way of a notification, and then what tells of trouble. */
const CHECKS = [
  checkQueue,
  checkSenderPolicy,
  checkEventSource,
  checkTable('job'),
  checkTable('task'),
  checkDeadLetters,
  checkAlarms,
];

/** Checks each part of the set-up, sends a notification through all of them, and says what to fix. */
export async function doctor(session: Session, { timeout }: DoctorOptions): Promise<number> {
  let code = 0;
  for await (const result of checkAll(session, timeout)) {
    print(result, session.json);
    if (result.ok === false) code = result.exitCode ?? EXIT.failure;
  }
  return code;
}

/** The results, one after another. Without a stack, nothing else can be checked. */
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

/** As wide as the longest name of a check. */
const WIDTH = 'table of tasks'.length;

/** For a person, what to fix is below what was found; scripts get a JSON object. */
function print({ name, ok, found, fix }: NamedResult, json: boolean): void {
  if (json) {
    console.log(jsonLine({ step: name, ok, found, mend: fix }));
    return;
  }
  console.log(`${mark(ok)} ${name.padEnd(WIDTH)}  ${printable(found)}`);
  if (fix !== undefined) console.log(`\n${indented(printable(fix.trimEnd()))}\n`);
}

/** In its color, where standard output shows colors. */
function mark(ok: boolean | undefined): string {
  if (ok === undefined) return styleText('dim', '–');
  return ok ? styleText('green', '✓') : styleText('red', '✗');
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ');
}
