import { styleText } from 'node:util';
import { printable } from '../../shared/printable.ts';
import { EXIT } from '../../terminal/exit-codes.ts';
import { type Check, type Line, runCheck } from '../doctor/check.ts';
import { checkAlarmTopic } from '../doctor/check-alarm-topic.ts';
import { checkAlarms } from '../doctor/check-alarms.ts';
import { checkAlerts } from '../doctor/check-alerts.ts';
import { checkDeadLetters } from '../doctor/check-dead-letters.ts';
import { checkDrift } from '../doctor/check-drift.ts';
import { checkEventSource } from '../doctor/check-event-source.ts';
import { checkEvents } from '../doctor/check-events.ts';
import { checkFunction } from '../doctor/check-function.ts';
import { checkNotification } from '../doctor/check-notification.ts';
import { checkQueue } from '../doctor/check-queue.ts';
import { checkSenderPolicy } from '../doctor/check-sender-policy.ts';
import { checkStack } from '../doctor/check-stack.ts';
import { checkTable } from '../doctor/check-table.ts';
import { checkTimeToLive } from '../doctor/check-time-to-live.ts';
import { jsonLine } from '../output.ts';
import type { Session } from '../session.ts';

export interface DoctorOptions {
  /** How long to wait for the test notification's row, in ms. */
  readonly timeout: number;
}

/** In the order in which a notification passes, then what reports problems. */
export const CHECKS: readonly Check[] = [
  checkQueue,
  checkSenderPolicy,
  checkEventSource,
  checkFunction,
  checkTable('job'),
  checkTable('task'),
  checkTable('history'),
  checkTimeToLive,
  checkDrift,
  checkDeadLetters,
  checkEvents,
  checkAlerts,
  checkAlarms,
  checkAlarmTopic,
];

/** Checks each part of the setup, sends a test notification through it, and says what to fix. */
export async function doctor(session: Session, { timeout }: DoctorOptions): Promise<number> {
  let code = 0;
  for await (const line of checkAll(session, timeout)) {
    print(line, session.json);
    if (line.level === 'error') code = line.exitCode ?? EXIT.failure;
  }
  return code;
}

/** Yields the findings one by one. Without a stack, nothing else can be checked. */
async function* checkAll(session: Session, timeout: number): AsyncGenerator<Line> {
  const setUp = yield* checkStack(session);
  if (setUp === undefined) return;

  const toFix: string[] = [];
  for (const check of CHECKS) {
    if (check.isPartOf?.(setUp.stack) === false) continue;
    const lines = await runCheck(check, setUp);
    if (lines.some((line) => 'blocks' in line && line.blocks)) toFix.push(check.name);
    yield* lines;
  }
  const last = checkNotification(timeout);
  if (toFix.length === 0) yield* await runCheck(last, setUp);
  else
    yield { name: last.name, level: 'skipped', found: `not sent: first fix ${toFix.join(', ')}` };
}

/** The length of the longest check name. */
const WIDTH = Math.max(...CHECKS.map(({ name }) => name.length));

/** What `ok` is in `--json`: neither, for what is up to the user or was not checked. */
const OK = { ok: true, hint: null, error: false, skipped: null } as const;

function print(line: Line, json: boolean): void {
  const { name, level, found } = line;
  const { otherwise, fix } = 'fix' in line ? line : {};
  if (json) {
    console.log(jsonLine({ step: name, ok: OK[level], level, found, otherwise, mend: fix }));
    return;
  }
  console.log(`${MARKS[level]()} ${name.padEnd(WIDTH)}  ${printable(found)}`);
  if (fix === undefined) return;
  const advice = [otherwise, fix.trimEnd()].filter((text) => text !== undefined).join('\n');
  console.log(`\n${indented(printable(advice))}\n`);
}

/** Colored if standard output supports it. */
const MARKS = {
  ok: () => styleText('green', '✓'),
  hint: () => styleText('yellow', '!'),
  error: () => styleText('red', '✗'),
  skipped: () => styleText('dim', '–'),
} as const;

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ');
}
