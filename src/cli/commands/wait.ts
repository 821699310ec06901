import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EXIT } from '../../terminal/exit-codes.ts';
import { oneLine } from '../../terminal/printable.ts';
import { StatusLine } from '../../terminal/status-line.ts';
import { dateTime } from '../../terminal/time.ts';
import { NotificationRows } from '../aws/notification-rows.ts';
import { Asking } from '../aws/retry-until-answered.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import { findStack } from '../aws/stack-outputs.ts';
import { exitCodeOf } from '../job-stop.ts';
import { UNANSWERED, Watch } from '../job-watch.ts';
import { jsonLine } from '../output.ts';
import type { Session } from '../session.ts';
import { painted } from '../status.ts';
import { jobObject } from './job.ts';

export interface WaitOptions {
  /** In ms; none is for good. */
  readonly timeout?: number;
  /** Not for a stop that is in the table already. */
  readonly again?: boolean;
}

/** Waits until a job stops. It only reads, so that any number can wait for one. */
export async function wait(
  session: Session,
  id: string,
  { timeout, again = false }: WaitOptions,
): Promise<number> {
  const { stackName, account, utc } = session;
  const time = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
  const signal = AbortSignal.any([session.signal, ...(time ? [time] : [])]);
  using line = new StatusLine();
  let watch: Watch | undefined;
  let since = '';
  try {
    const asking = new Asking(line, signal);
    const stack = await asking.answer(() => findStack(stackName, account, signal));
    const dynamoDb = new DynamoDBClient(account);
    const rows = new NotificationRows(dynamoDb, stack, signal);
    watch = new Watch(rows, id, line, asking);
    const stop = await watch.untilStopped((earlier) => {
      if (!again) return false;
      line.say(`It has stopped before: ${shown(earlier, utc, String)}`);
      since = ' again';
      return true;
    });
    line.clear();
    console.log(session.json ? await jsonOf(stop, rows, session) : shown(stop, utc));
    return exitCodeOf(stop);
  } catch (error) {
    if (!time?.aborted) throw error;
    const known = watch?.known ?? UNANSWERED;
    line.say(`The time is up, and job ${id} has not stopped${since}: ${known}.`);
    return EXIT.timedOut;
  }
}

function shown(
  { status = 'unknown', job, name, sent, reason }: JobSummary,
  utc: boolean,
  paint = painted,
): string {
  const others = [job, name, dateTime(sent, utc), reason].filter((each) => each !== undefined);
  return [paint(oneLine(status)), ...others.map(oneLine)].join('  ');
}

/** As `job` prints it. How the job stopped is known by now, so its tasks are null should they not be had. */
async function jsonOf(
  stop: JobSummary,
  rows: NotificationRows,
  { signal }: Session,
): Promise<string> {
  const counts = await rows.countTasks(stop.job).catch(() => undefined);
  signal.throwIfAborted();
  return jsonLine(jobObject(stop.job, stop, counts));
}
