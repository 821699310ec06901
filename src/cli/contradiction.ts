import { shorten } from '../shared/errors.ts';
import { briefFrames } from '../shared/frames.ts';
import { oneLine } from '../shared/printable.ts';
import { tellingReason } from '../shared/telling-reason.ts';
import type { Screen } from '../terminal/screen.ts';
import { longestThatFits } from '../terminal/table.ts';
import type { NotificationRows } from './aws/notification-rows.ts';
import type { JobSummary, TaskSummary } from './aws/row-summary.ts';
import { callName } from './call-name.ts';
import { COMPLETED } from './status.ts';

/** Tasks named, at most: there may be 100,000. */
const NAMED = 10;
/** Characters of each field of a task, at most: its frames may be a list of thousands. */
const SHOWN = 80;

/** What tells a task from others, as `--json` prints it. */
export type NamedTask = Pick<
  TaskSummary,
  'task' | 'status' | 'frames' | 'worker' | 'reason' | 'sent'
>;

/** That a job is completed, but tasks of it are not. */
export interface Contradiction {
  /** The number of those tasks. */
  readonly tasks: number;
  /** The first of them, by task id. */
  readonly first: readonly NamedTask[];
}

export function saysCompleted(job: JobSummary | undefined): job is JobSummary {
  return job?.status === COMPLETED;
}

/** Collects the tasks of a job that are not completed. */
export class UnfinishedTasks {
  readonly #first: NamedTask[] = [];
  #tasks = 0;

  add({ task, status, frames, worker, reason, sent }: TaskSummary): void {
    if (status === COMPLETED) return;
    this.#tasks += 1;
    if (this.#tasks <= NAMED) this.#first.push({ task, status, frames, worker, reason, sent });
  }

  /** `undefined` if there were none. */
  get found(): Contradiction | undefined {
    return this.#tasks === 0 ? undefined : { tasks: this.#tasks, first: this.#first };
  }
}

/**
 * Reads all tasks of a completed job.
 *
 * @returns `undefined` if every task that has a row is completed
 */
export async function findContradiction(
  rows: NotificationRows,
  job: string,
): Promise<Contradiction | undefined> {
  const unfinished = new UnfinishedTasks();
  for await (const task of rows.unfinishedTasks(job)) unfinished.add(task);
  return unfinished.found;
}

/** Says that tasks contradict their job, and which, one a line, which is cut to the width of a terminal. */
export function contradictionText({ tasks, first }: Contradiction, screen: Screen): string {
  const more = tasks - first.length;
  const width = screen.isTerminal ? screen.width : Infinity;
  return [
    `The job is ${COMPLETED}, but ${unfinishedText(tasks)}:`,
    ...first.map((each) => longestThatFits(`  ${taskText(each)}`, width)),
    ...(more > 0 ? [`  and ${more} more; \`${callName()} tasks\` lists them`] : []),
  ].join('\n');
}

/** Such as `3 of its tasks are not`. */
export function unfinishedText(tasks: number): string {
  return `${tasks} of its tasks ${tasks === 1 ? 'is' : 'are'} not`;
}

function taskText({ task, status = 'of unknown status', frames, worker, reason }: NamedTask) {
  const range = frames && `frames ${briefFrames(frames)}`;
  return [`task ${task}`, status, range, worker, tellingReason(reason)]
    .filter((field) => field) // some are empty in Deadline, too
    .map((field) => oneLine(shorten(field as string, SHOWN)))
    .join('  ');
}
