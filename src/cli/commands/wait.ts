import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EXIT } from '../../terminal/exit-codes.ts';
import { oneLine } from '../../terminal/printable.ts';
import { StatusLine } from '../../terminal/status-line.ts';
import { dateTime } from '../../terminal/time.ts';
import { NotificationRows } from '../aws/notification-rows.ts';
import { retryUntilAnswered } from '../aws/retry-until-answered.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import { readStackOutputs } from '../aws/stack-outputs.ts';
import { type Contradiction, contradictionText } from '../contradiction.ts';
import { type JobEnd, JobWatch, type StopRules, UNANSWERED } from '../job-watch.ts';
import { jsonLine } from '../output.ts';
import type { Session } from '../session.ts';
import { COMPLETED, painted } from '../status.ts';
import { jobObject } from './job.ts';

export interface WaitOptions extends StopRules {
  /** In ms; no limit if not set. */
  readonly timeout?: number;
}

/** Waits until a job stops. It only reads, so any number of processes can wait for the same job. */
export async function wait(
  session: Session,
  id: string,
  { timeout, ...rules }: WaitOptions,
): Promise<number> {
  const { stackName, account, utc } = session;
  const time = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
  const signal = AbortSignal.any([session.signal, ...(time ? [time] : [])]);
  using line = new StatusLine();
  let rows: NotificationRows | undefined;
  let watch: JobWatch | undefined;
  try {
    const retry = retryUntilAnswered(line, signal);
    const stack = await retry(() => readStackOutputs(stackName, account, signal));
    rows = new NotificationRows(new DynamoDBClient(account), stack, signal);
    watch = new JobWatch(rows, id, line, retry, signal);
    const end = await watch.untilStopped(rules, (earlier) =>
      line.say(`Ignoring an earlier stop: ${stopLine(earlier, utc, String)}`),
    );
    return await tell(end, rows, line, session);
  } catch (error) {
    if (time?.aborted) {
      const { completed, progress = UNANSWERED } = watch ?? {};
      if (rows && completed?.contradiction) return tell(completed, rows, line, session);
      line.say(
        `Timed out. Job ${id} ` +
          (completed
            ? `is ${COMPLETED}, but its tasks were not read in time.`
            : `has not stopped${sinceText(rules, utc)}: ${progress}.`),
      );
      return EXIT.timedOut;
    }
    if (!session.signal.aborted) throw error;
    line.say('Interrupted. The job itself was not touched.');
    return EXIT.interrupted;
  }
}

function sinceText({ since }: StopRules, utc: boolean): string {
  return since === undefined ? '' : ` since ${dateTime(since, utc)}`;
}

/** Prints how the job stopped. */
async function tell(
  { stop, contradiction }: JobEnd,
  rows: NotificationRows,
  line: StatusLine,
  session: Session,
): Promise<number> {
  line.clear();
  const { json, utc } = session;
  console.log(json ? await stopJson(stop, contradiction, rows, session) : stopLine(stop, utc));
  if (contradiction === undefined) return exitCode(stop);
  line.say(
    `${contradictionText(stop.job, contradiction)}\n` +
      'If that is right, as for a job that was completed by hand, use --ignore-tasks.',
  );
  return EXIT.contradicted;
}

/** Exit codes by the status in which a job stopped. */
const EXIT_CODES: ReadonlyMap<string | undefined, number> = new Map([
  [COMPLETED, 0],
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
  contradiction: Contradiction | undefined,
  rows: NotificationRows,
  { signal }: Session,
): Promise<string> {
  const counts = await rows.countTasks(stop.job).catch(() => undefined);
  signal.throwIfAborted();
  return jsonLine(jobObject(stop.job, stop, counts, contradiction));
}
