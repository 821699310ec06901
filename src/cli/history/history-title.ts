import { briefFrames } from '../../shared/frames.ts';
import type { HistoryEntry } from '../../shared/history-entry.ts';
import { elideMiddle } from '../../terminal/elide.ts';
import { shortTimes } from '../../terminal/short-time.ts';
import type { Cell } from '../../terminal/table.ts';
import { jobTitle, type TitledJob, timesText } from '../job/job-title.ts';
import type { MeantJob } from '../meant-job.ts';
import type { Session } from '../session.ts';
import { isOfJob, jobOfEntry, timeOf, triesOfEntries } from './entry-summary.ts';
import type { Subject } from './tries-text.ts';

/** @param tasks the ids of tasks; of the whole job if it is not set */
export function subject(tasks: readonly string[] | undefined): Subject {
  if (tasks === undefined) return 'this job';
  return tasks.length === 1 ? 'this task' : 'these tasks';
}

/**
 * A job as its history names it. It goes on if a task started after its last stop, and did not stop.
 *
 * @param entries all that is recorded of it; none if that is not known
 */
export function titledJob({ id, row }: MeantJob, entries: readonly HistoryEntry[]): TitledJob {
  const stop = entries.findLastIndex(isOfJob);
  const found = row ?? (stop === -1 ? undefined : jobOfEntry(entries[stop] as HistoryEntry));
  const isRendering = triesOfEntries(entries.slice(stop + 1)).some(({ end }) => end === undefined);
  return { id, found, isRendering };
}

/**
 * What a list of transitions is of, such as `sq040_sh0310_cache_v003  task 13, frames 1027-1028. Times in EST.`; in
 * several forms, the longest first.
 */
export function historyTitle(
  job: TitledJob,
  tasks: readonly string[] | undefined,
  shown: readonly HistoryEntry[],
  session: Session,
): Cell {
  const times = timesText(shown.map(timeOf), session);
  const { width } = session.screen;
  if (tasks === undefined) {
    const cut = jobTitle(job, width - times.length - GAP.length);
    return [`${jobTitle(job, Infinity)}${GAP}${times}`, `${cut}${GAP}${times}`, cut];
  }
  const name = job.found?.name || job.id;
  const texts = tasksTexts(tasks, shown).map((text) => `${text}. ${times}`);
  const last = texts.at(-1) as string;
  const cut = job.found?.name ? elideMiddle(name, width - last.length - GAP.length) : name;
  return [`${name}${GAP}${texts[0]}`, `${name}${GAP}${last}`, `${cut}${GAP}${last}`];
}

const GAP = '  ';

/** Such as `task 13, frames 1027-1028`; in two forms. */
function tasksTexts(tasks: readonly string[], shown: readonly HistoryEntry[]): [string, string] {
  if (tasks.length > 1) return [`tasks ${tasks.join(', ')}`, `${tasks.length} tasks`];
  const frames = briefFrames(shown.find((entry) => entry.frames)?.frames);
  const task = `task ${tasks[0]}`;
  if (frames === undefined) return [task, task];
  return [`${task}, ${/^-?\d+$/.test(frames) ? 'frame' : 'frames'} ${frames}`, task];
}

/** Since when the history knows a job. Times are in ms since the epoch. */
export function sinceText(since: number, began: number, session: Session): string {
  const [from, begin] = shortTimes([since, began], session, true);
  return `The history knows nothing of this job from before ${from}. It began at ${begin}.`;
}
