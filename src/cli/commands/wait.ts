import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EXIT } from '../../terminal/exit-codes.ts';
import { oneLine } from '../../terminal/printable.ts';
import { StatusLine } from '../../terminal/status-line.ts';
import { dateTime } from '../../terminal/time.ts';
import { NotificationRows } from '../aws/notification-rows.ts';
import { retryUntilAnswered } from '../aws/retry-until-answered.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import { readStackOutputs } from '../aws/stack-outputs.ts';
import { JobWatch, UNANSWERED } from '../job-watch.ts';
import { jsonLine } from '../output.ts';
import type { Session } from '../session.ts';
import { painted } from '../status.ts';
import { jobObject } from './job.ts';

export interface WaitOptions {
  /** In ms; no limit if not set. */
  readonly timeout?: number;
  /** Ignores a stop that is already in the table. */
  readonly again?: boolean;
}

/** Waits until a job stops. It only reads, so any number of processes can wait for the same job. */
export async function wait(
  session: Session,
  id: string,
  { timeout, again = false }: WaitOptions,
): Promise<number> {
  const { stackName, account, utc } = session;
  const time = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
  const signal = AbortSignal.any([session.signal, ...(time ? [time] : [])]);
  using line = new StatusLine();
  let watch: JobWatch | undefined;
  let since = '';
  try {
    const retry = retryUntilAnswered(line, signal);
    const stack = await retry(() => readStackOutputs(stackName, account, signal));
    const rows = new NotificationRows(new DynamoDBClient(account), stack, signal);
    watch = new JobWatch(rows, id, line, retry, signal);
    const stop = await watch.untilStopped((earlier) => {
      if (!again) return false;
      line.say(`Ignoring an earlier stop: ${stopLine(earlier, utc, String)}`);
      since = ' again';
      return true;
    });
    line.clear();
    console.log(session.json ? await stopJson(stop, rows, session) : stopLine(stop, utc));
    return exitCode(stop);
  } catch (error) {
    if (time?.aborted) {
      const known = watch?.known ?? UNANSWERED;
      line.say(`Timed out. Job ${id} has not stopped${since}: ${known}.`);
      return EXIT.timedOut;
    }
    if (!session.signal.aborted) throw error;
    line.say('Interrupted. The job itself was not touched.');
    return EXIT.interrupted;
  }
}

/** Exit codes by the status in which a job stopped. */
const EXIT_CODES: ReadonlyMap<string | undefined, number> = new Map([
  ['Completed', 0],
  ['Failed', EXIT.failure],
]);

/** Suspended or deleted: someone stopped it, so there is no result. Unknown statuses count as this, too. */
const WITHOUT_RESULT = 2;

function exitCode({ status }: JobSummary): number {
  return EXIT_CODES.get(status) ?? WITHOUT_RESULT;
}

function stopLine(
  { status = 'unknown', job, name, sent, reason }: JobSummary,
  utc: boolean,
  paint = painted,
): string {
  const others = [job, name, dateTime(sent, utc), reason].filter((each) => each !== undefined);
  return [paint(oneLine(status)), ...others.map(oneLine)].join('  ');
}

/**
 * The JSON that `job` prints. If the tasks cannot be counted they are null: the result of the wait is
 * already known.
 */
async function stopJson(
  stop: JobSummary,
  rows: NotificationRows,
  { signal }: Session,
): Promise<string> {
  const counts = await rows.countTasks(stop.job).catch(() => undefined);
  signal.throwIfAborted();
  return jsonLine(jobObject(stop.job, stop, counts));
}
