import { joinFrames } from '../../shared/frames.ts';
import { FAILED } from '../../shared/indexes.ts';
import { type Tally, tallyOf, UNNAMED } from '../../shared/tally.ts';
import type { TaskSummary } from '../aws/row-summary.ts';
import { type Contradiction, UnfinishedTasks } from '../contradiction.ts';
import { SENDING } from '../job-times.ts';
import { RENDERING } from '../status.ts';
import { type TaskCounts, type TaskState, taskState } from '../task-states.ts';

/** What the rows of a job's tasks say together. */
export interface TaskOverview {
  readonly counts: TaskCounts;
  /** By task id; missing where nothing came. */
  readonly states: readonly (TaskState | undefined)[];
  /** Of the first and the last task that has a row, as Deadline writes them. */
  readonly ends: readonly [first: string | undefined, last: string | undefined];
  readonly failed: {
    /** Their frames, joined. */
    readonly frames: string;
    /** Their ids, joined as frames are. */
    readonly tasks: string;
    /** How many, by worker, the most first. */
    readonly workers: Tally;
  };
  /** When SQS received the newest notification, in ms since the epoch. */
  readonly newest: number | undefined;
  /** How many started after the job's stop, and render. */
  readonly again: number;
  /** Whether the job renders, as its tasks tell: Deadline does not say that a job started, or goes on. */
  readonly isRendering: boolean;
  /** The tasks that are not completed, if there are any. */
  readonly unfinished: Contradiction | undefined;
}

/** The largest task id that has a place in the strip: more tasks than a job has, fewer than memory. */
const LARGEST_ID = 1_000_000;
/** Lists of frames that are held before they are joined. */
const HELD = 1_000;

/**
 * Reads a job's tasks, by task id. Holds little of each in memory, as there may be 100,000.
 *
 * @param stopped when the job's stop was received, in ms since the epoch, if it ever stopped
 */
export async function taskOverview(
  tasks: AsyncIterable<TaskSummary>,
  stopped: number | undefined,
): Promise<TaskOverview> {
  const counts = new Map<string, number>();
  const states: (TaskState | undefined)[] = [];
  const workers = new Map<string, number>();
  const frames = new JoinedLists();
  const ids = new JoinedLists();
  const unfinished = new UnfinishedTasks();
  let [first, last] = [undefined, undefined] as [string | undefined, string | undefined];
  let newest: number | undefined;
  let again = 0;
  for await (const row of tasks) {
    const { task, status, worker, sent } = row;
    addTo(counts, status ?? 'unknown');
    const id = Number(task);
    if (Number.isInteger(id) && id >= 0 && id <= LARGEST_ID) states[id] = taskState(status);
    if (status === FAILED) {
      frames.add(row.frames);
      ids.add(String(task));
      addTo(workers, worker || UNNAMED);
    }
    if (status === RENDERING && (sent ?? 0) > (stopped ?? Infinity) + SENDING) again += 1;
    if (sent !== undefined) newest = Math.max(newest ?? 0, sent);
    first ??= row.frames;
    last = row.frames ?? last;
    unfinished.add(row);
  }
  return {
    counts,
    states,
    ends: [first, last],
    failed: { frames: frames.text(), tasks: ids.text(), workers: tallyOf(workers) },
    newest,
    again,
    isRendering: stopped === undefined ? counts.has(RENDERING) : again > 0,
    unfinished: unfinished.found,
  };
}

function addTo(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Lists of frames or ids, joined now and then. */
class JoinedLists {
  #lists: (string | undefined)[] = [];

  add(list: string | undefined): void {
    this.#lists.push(list);
    if (this.#lists.length >= HELD) this.#lists = [this.text()];
  }

  text(): string {
    return joinFrames(this.#lists);
  }
}
