import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { WrongUsage } from '../../shared/errors.ts';
import { INDEXES } from '../../shared/indexes.ts';
import { oneLine } from '../../shared/printable.ts';
import { EXIT } from '../../terminal/exit-codes.ts';
import { shortTime, shortTimes, zoneText } from '../../terminal/short-time.ts';
import { StatusLine } from '../../terminal/status-line.ts';
import type { Cell } from '../../terminal/table.ts';
import { span } from '../../terminal/time.ts';
import { requireIndexes } from '../aws/index-status.ts';
import { NotificationRows } from '../aws/notification-rows.ts';
import { retryUntilAnswered } from '../aws/retry-until-answered.ts';
import { readStackOutputs } from '../aws/stack-outputs.ts';
import { JOB_FILTER_FIELDS, JobFilter, type JobFilterOptions } from '../job-filter.ts';
import { Listing, type ListOptions } from '../listing.ts';
import { findJob, unheardText } from '../meant-job.ts';
import type { Session } from '../session.ts';
import { statusText } from '../status.ts';
import { progressText } from '../task-progress.ts';
import type { FarmEvent } from '../watch/farm-event.ts';
import { FarmWatch } from '../watch/farm-watch.ts';
import { TaskWatch } from '../watch/task-watch.ts';
import { typicalEvents, watchView } from '../watch/watch-view.ts';

/** Pause between two looks, in ms. After a look that took longer, it is as long as that. */
const PAUSE = 5_000;

export interface WatchOptions extends JobFilterOptions, Omit<ListOptions, 'sort'> {
  /** Shows what was sent at this time or later (ms since the epoch); what comes from now on if it is not set. */
  readonly since?: number;
}

/** Shows what stops and fails on the farm, or what becomes of a job and its tasks, until it is interrupted. */
export async function watch(
  session: Session,
  given: string | undefined,
  options: WatchOptions,
  pause = PAUSE,
): Promise<number> {
  const { stackName, account, signal, output } = session;
  const listing = new Listing(watchView(session, given !== undefined), options, session);
  const filter = filterOf(given, options);
  const ended = AbortSignal.any([signal, output]);
  using line = new StatusLine();
  try {
    const retry = retryUntilAnswered(line, ended);
    const stack = await retry(() => readStackOutputs(stackName, account, ended));
    const rows = new NotificationRows(new DynamoDBClient(account), stack, ended);
    const { since } = options;
    let watcher: FarmWatch | TaskWatch;
    if (given === undefined) {
      await retry(() => requireIndexes(stack, session, [INDEXES.jobs, INDEXES.failed]));
      watcher = new FarmWatch(rows, { since, filter, withFailedTasks: listing.tellsInstead });
      await retry(() => watcher.begin());
    } else {
      const found = await retry(() => findJob(rows, given, session));
      const fitsWorker = (worker: string | undefined) => filter.fitsWorker(worker);
      const ofJob = new TaskWatch(rows, found.id, { since, fitsWorker, leastPause: pause });
      await retry(() => ofJob.begin());
      if (found.id !== given) line.say(`${oneLine(given)} is job ${oneLine(found.id)}.`);
      line.say(
        'looked' in found
          ? unheardText(found, 'Watching')
          : beginningText(found.id, ofJob, session),
      );
      watcher = ofJob;
    }
    const print = listing.live(typicalEvents(since ?? session.now), title(given, pause, session));
    const show = (event: FarmEvent) => {
      line.clear();
      print(event);
    };
    for (;;) {
      const begin = performance.now();
      await retry(() => watcher.look(show));
      const took = performance.now() - begin;
      line.rewrite(`live, looked at ${clock(session)}`);
      await setTimeout(Math.max(pause, took), undefined, { signal: ended });
    }
  } catch (error) {
    if (output.aborted) throw output.reason;
    if (!signal.aborted) throw error;
    return EXIT.interrupted;
  }
}

/** @throws WrongUsage for options that select jobs, if one is given */
function filterOf(given: string | undefined, options: WatchOptions): JobFilter {
  const selecting = JOB_FILTER_FIELDS.filter((field) => options[field] !== undefined);
  if (given !== undefined && selecting.length > 0) {
    const names = selecting.map((field) => `--${field}`).join(' and ');
    throw new WrongUsage(`Give either a job or ${names}, which would select among jobs.`);
  }
  return new JobFilter(options);
}

/** What is known of a job when its watch begins. */
function beginningText(id: string, { row, counts }: TaskWatch, session: Session): string {
  const name = row?.name || id;
  const status = row && statusText(row);
  const at = row?.sent === undefined ? '' : ` at ${shortTime(row.sent, session)}`;
  const stop = status === undefined ? '' : `${status}${at}, `;
  return oneLine(`${name}: ${stop}${progressText(counts, row?.tasks)}.`);
}

function title(given: string | undefined, pause: number, { now, utc }: Session): Cell {
  const what = given === undefined ? 'what stops and fails' : 'a job and its tasks';
  const zone = `Times in ${zoneText([now], { now, utc })}.`;
  return [
    `Watching ${what}, looks every ${span(pause)}. Ctrl-C ends. ${zone}`,
    `Watching ${what}. Ctrl-C ends. ${zone}`,
  ];
}

/** What clocks show now. */
function clock({ utc }: Session): string {
  const now = Date.now();
  return shortTimes([now], { now, utc }, true)[0] as string;
}
