import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { oneLine } from '../../shared/printable.ts';
import { EXIT } from '../../terminal/exit-codes.ts';
import { printLine } from '../../terminal/screen.ts';
import { StatusLine } from '../../terminal/status-line.ts';
import { longestThatFits, tabSeparated, type Value } from '../../terminal/table.ts';
import { dateTime } from '../../terminal/time.ts';
import { NotificationRows } from '../aws/notification-rows.ts';
import { retryUntilAnswered } from '../aws/retry-until-answered.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import { readStackOutputs } from '../aws/stack-outputs.ts';
import { dateOf } from '../columns.ts';
import { contradictionText } from '../contradiction.ts';
import { jobTitle, paintedTitle, stopText, timesText } from '../job/job-title.ts';
import { type JobEnd, JobWatch, type StopRules, UNANSWERED } from '../job-watch.ts';
import { findJob, unheardText } from '../meant-job.ts';
import { jsonLine } from '../output.ts';
import type { Session } from '../session.ts';
import { COMPLETED, statusText } from '../status.ts';
import type { TaskCounts } from '../task-states.ts';
import { jobObject } from './job.ts';

export interface WaitOptions extends StopRules {
  /** In ms; no limit if not set. */
  readonly timeout?: number;
}

/** Waits until a job stops. It only reads, so any number of processes can wait for the same job. */
export async function wait(
  session: Session,
  given: string,
  { timeout, ...rules }: WaitOptions,
): Promise<number> {
  const { stackName, account, utc, json } = session;
  const time = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
  const signal = AbortSignal.any([session.signal, ...(time ? [time] : [])]);
  using line = new StatusLine();
  let id = given;
  let watch: JobWatch | undefined;
  try {
    const retry = retryUntilAnswered(line, signal);
    const stack = await retry(() => readStackOutputs(stackName, account, signal));
    const rows = new NotificationRows(new DynamoDBClient(account), stack, signal);
    const found = await retry(() => findJob(rows, given, session));
    if ('looked' in found) line.say(unheardText(found, 'Waiting'));
    else if (found.id !== given) line.say(`${oneLine(given)} is job ${oneLine(found.id)}.`);
    id = found.id;
    watch = new JobWatch(rows, id, line, retry, signal);
    const end = await watch.untilStopped(rules, (earlier) =>
      line.say(`Ignoring an earlier stop: ${earlierText(earlier, utc)}`),
    );
    const counts = json ? await countsOf(end.stop, rows, session) : undefined;
    return tell(end, counts, line, session);
  } catch (error) {
    if (time?.aborted) {
      const { completed, progress = UNANSWERED } = watch ?? {};
      if (completed?.contradiction) return tell(completed, undefined, line, session);
      line.say(
        completed
          ? `Timed out. Job ${id} is ${COMPLETED}, but its tasks were not read in time.`
          : `Timed out. No stop of job ${id} was seen${sinceText(rules, utc)}: ${progress}.`,
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

/** Prints how the job stopped: `--json` as `job` does. */
function tell(
  { stop, contradiction }: JobEnd,
  counts: TaskCounts | undefined,
  line: StatusLine,
  session: Session,
): number {
  line.clear();
  const { json, screen } = session;
  if (json) console.log(jsonLine(jobObject(stop.job, stop, counts, contradiction)));
  else if (screen.isTerminal) for (const each of stopLines(stop, session)) printLine(screen, each);
  else console.log(tabSeparated(stopValues(stop)));
  if (contradiction === undefined) return exitCode(stop);
  line.say(
    `${contradictionText(contradiction, screen)}\n` +
      'If that is right, as for a job that was completed by hand, use --ignore-tasks.',
  );
  return EXIT.contradicted;
}

/** Exit codes by the status in which a job stopped. */
const EXIT_CODES: ReadonlyMap<string | undefined, number> = new Map([
  [COMPLETED, 0],
  ['Failed', EXIT.failure],
]);

/** Suspended or deleted: someone stopped it, so there is no result. An unknown status counts as this, too. */
const WITHOUT_RESULT = 2;

function exitCode({ status }: JobSummary): number {
  return EXIT_CODES.get(status) ?? WITHOUT_RESULT;
}

/** For people, as `job` begins. */
function stopLines(stop: JobSummary, session: Session): [string, string] {
  const { screen } = session;
  const job = { id: stop.job, found: stop, isRendering: false };
  const title = paintedTitle(jobTitle(job, screen.width), job, screen);
  const times = timesText([stop.sent], session);
  const [long, short] = stopText(stop, session);
  return [title, longestThatFits([`${long}. ${times}`, `${short}. ${times}`], screen.width)];
}

/** For programs. */
function stopValues({ status, job, name, sent, reason }: JobSummary): Value[] {
  return [status ?? 'unknown', job, name, dateOf(sent), reason];
}

/** Such as `Failed at 2026-11-22 03:00:42+01:00.` */
function earlierText(stop: JobSummary, utc: boolean): string {
  return oneLine(`${statusText(stop) ?? 'unknown'} at ${dateTime(stop.sent, utc)}.`);
}

/** `undefined` if the tasks cannot be counted: how the job stopped is already known. */
async function countsOf(
  { job }: JobSummary,
  rows: NotificationRows,
  { signal }: Session,
): Promise<TaskCounts | undefined> {
  const counts = await rows.countTasks(job).catch(() => undefined);
  signal.throwIfAborted();
  return counts;
}
