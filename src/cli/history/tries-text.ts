import { masked } from '../../shared/printable.ts';
import { runTime } from '../../shared/run-time.ts';
import { tally, tallyText } from '../../shared/tally.ts';
import type { Cell } from '../../terminal/table.ts';
import type { Try } from './task-tries.ts';

/** What a history is of. */
export type Subject = 'this job' | 'this task' | 'these tasks';

/** What tries are of, and how much of it is recorded. */
export interface TriesScope {
  readonly of: Subject;
  /** Whether nothing is missing. */
  readonly isWhole: boolean;
  /** Whether starts and completions are recorded, not problems only. */
  readonly hasStarts: boolean;
}

/**
 * What became of tries in a sentence or two, such as `3 tries, all on render-036, 5:59 rendered. Nothing else came
 * for this task.`; in several forms, the longest first.
 */
export function triesText(tries: readonly Try[], scope: TriesScope): Cell {
  const end = endText(tries, scope);
  if (tries.length === 0) return scope.isWhole ? `No try came. ${end}` : end;
  const count = countText(tries, scope);
  const total = tries.reduce((sum, { ran = 0 }) => sum + ran, 0);
  const rendered = tries.some(({ end }) => end !== undefined) ? `, ${runTime(total)} rendered` : '';
  const [all, few] = workersTexts(tries);
  return [
    `${count}${all}${rendered}. ${end}`,
    `${count}${few}${rendered}. ${end}`,
    `${count}${rendered}. ${end}`,
    `${count}${all}${rendered}.`,
    `${count}${rendered}.`,
  ];
}

/** Such as `3 tries`, or `45 tries of 41 tasks`. */
function countText(tries: readonly Try[], { of, hasStarts }: TriesScope): string {
  const word = tries.length === 1 ? 'try' : 'tries';
  const count = `${tries.length} ${hasStarts ? '' : 'recorded '}${word}`;
  if (of === 'this task') return count;
  const tasks = new Set(tries.map(({ task }) => task)).size;
  return `${count} of ${tasks} ${tasks === 1 ? 'task' : 'tasks'}`;
}

/** On which workers, with their names, and without; empty if none is known. */
function workersTexts(tries: readonly Try[]): [all: string, few: string] {
  const workers = tally(tries.flatMap(({ worker }) => (worker ? [masked(worker)] : [])));
  const [first, ...others] = workers;
  if (first === undefined) return ['', ''];
  const [name, count] = first;
  if (others.length > 0) return [` on ${tallyText(workers)}`, ` on ${workers.length} workers`];
  const all = count === tries.length && count > 1 ? ', all' : '';
  return [`${all} on ${name}`, `${all} on 1 worker`];
}

function endText(tries: readonly Try[], { of, isWhole }: TriesScope): string {
  if (!isWhole) return `Nothing else was recorded for ${of}.`;
  const isOpen = tries.some(({ end }) => end === undefined);
  return `Nothing else came for ${of}${isOpen ? ' yet' : ''}.`;
}
