import { briefFrames } from '../../../../shared/frames.ts';
import type { Transition } from '../../../../shared/history-entry.ts';
import type { TaskState } from '../../state/farm-state.ts';
import { counted, duration } from '../page-format.ts';
import type { Status } from '../status-marks.ts';
import { cellStatus } from './task-cells.ts';
import type { TaskTry } from './tries-of-tasks.ts';

/** A line of the log. */
export interface TransitionRow {
  readonly id: string;
  /** In ms since the epoch. */
  readonly time: number;
  /** Null for the job's own. */
  readonly task: string | null;
  readonly mark: Status;
  readonly word: string;
  readonly worker: string;
  readonly frames: string;
  /** Errors, if there were any, or else how long it ran. */
  readonly end: string;
}

const NAMES: Readonly<Record<Transition['transition'], readonly [mark: Status, word: string]>> = {
  'job-completed': ['completed', 'Job completed'],
  'job-failed': ['failed', 'Job failed'],
  'job-suspended': ['suspended', 'Job suspended'],
  'job-deleted': ['deleted', 'Job deleted'],
  'task-started': ['rendering', 'Rendering'],
  'task-completed': ['completed', 'Completed'],
  'task-failed': ['failed', 'Failed'],
  'task-suspended': ['suspended', 'Suspended'],
  'task-requeued': ['requeued', 'Requeued'],
  'task-stopped': ['none', 'Stopped'],
};

/** Each transition once, newest first. */
export function newestFirst(...lists: readonly (readonly Transition[])[]): Transition[] {
  const byId = new Map(lists.flat().map((each) => [each.id, each]));
  return [...byId.values()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

export function transitionRow(transition: Transition, tries: readonly TaskTry[]): TransitionRow {
  const { id, at, task, status, reason, worker, frames, errors } = transition;
  const time = Date.parse(at);
  const [mark, name] = NAMES[transition.transition] ?? ['none', transition.transition];
  const isJob = task === null;
  const isStart = transition.transition === 'task-started';
  const word = transition.transition === 'task-stopped' ? (status ?? name) : name;
  return {
    ...{ id, time, task: isJob ? null : String(task), mark, word },
    worker: isJob ? (reason ?? '') : (worker ?? ''),
    frames: isJob ? '' : (briefFrames(frames ?? '') ?? ''),
    end: isStart ? '' : errors ? errorText(errors, isJob) : ranText(tries, time),
  };
}

/** What the rows of tasks show: the newest of each, for a stack without history. */
export function rowsOfTasks(tasks: readonly TaskState[]): TransitionRow[] {
  return tasks
    .flatMap(({ task, status, worker, frames, started, stopped, ran, errors }) => {
      const shown = cellStatus(status);
      const time = shown === 'rendering' ? started : stopped;
      if (time === null) return [];
      const mark: Status = shown === 'other' ? 'none' : shown;
      const word = shown === 'requeued' ? 'Requeued' : (status ?? 'Stopped');
      const end = errors ? errorText(errors, false) : ran === null ? '' : duration(ran);
      return {
        ...{ id: `${task}/${time}`, time, task: String(task), mark, word },
        ...{
          worker: worker ?? '',
          frames: briefFrames(frames ?? '') ?? '',
          end: shown === 'rendering' ? '' : end,
        },
      };
    })
    .sort((a, b) => b.time - a.time);
}

function errorText(errors: number, isJob: boolean): string {
  return isJob ? counted(errors, 'error') : `${errors} err`;
}

/** How long the try ran that ended at a time; a row's time may be a second beside the transition's. */
function ranText(tries: readonly TaskTry[], time: number): string {
  const one = tries.find(({ end }) => end !== null && Math.abs(end - time) < 2_000);
  return one && one.begin !== null && one.end !== null ? duration(one.end - one.begin) : '';
}
