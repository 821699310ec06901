import { FAILED } from '../../shared/indexes.ts';
import { painted, type Screen } from '../../terminal/screen.ts';
import { type Mark, markOf, NOTHING_CAME } from '../marks.ts';
import { RENDERING, SUSPENDED } from '../status.ts';
import { TASK_STATES, type TaskState } from '../task-states.ts';

/** A job's tasks at a glance. */
export interface TaskStrip {
  /** A state for each task, or for each run of tasks the worst of them. */
  readonly states: readonly TaskState[];
  /** How many tasks a state stands for. */
  readonly run: number;
}

/**
 * @param states of tasks, by task id; nothing came of those that are missing
 * @param total the number of tasks
 * @param most the most states of the strip
 */
export function taskStrip(
  states: readonly (TaskState | undefined)[],
  total: number,
  most: number,
): TaskStrip {
  const run = Math.max(1, Math.ceil(total / most));
  const length = Math.ceil(total / run);
  const worst = Array.from({ length }, (_, index) => {
    const size = Math.min(run, total - index * run);
    const known = states
      .slice(index * run, index * run + size)
      .filter((each) => each !== undefined);
    return worstOf(known.length < size ? [...known, 'nothing came'] : known);
  });
  return { states: worst, run };
}

function worstOf(states: readonly TaskState[]): TaskState {
  return TASK_STATES.find((each) => states.includes(each)) ?? 'nothing came';
}

/** The order of a legend: from what is well to what is not known. */
const LEGEND: readonly TaskState[] = [
  'completed',
  'failed',
  'suspended',
  'requeued',
  'rendering',
  'other',
  'nothing came',
];

/** The strip as a line. */
export function stripLine({ states }: TaskStrip, screen: Screen): string {
  return states.map((state) => character(state, screen)).join('');
}

/** What the characters of a strip are, one by one. */
export function stripLegend({ states, run }: TaskStrip, screen: Screen): string[] {
  const used = LEGEND.filter((state) => states.includes(state));
  const characters = used.map((state) => `${character(state, screen)} ${state}`);
  return run > 1 ? [`1 character: ${run} tasks`, ...characters] : characters;
}

/** In a strip, what is well is quiet. */
const MARKS: Readonly<Record<TaskState, Mark & { readonly ascii?: string }>> = {
  failed: markOf(FAILED),
  suspended: markOf(SUSPENDED),
  requeued: markOf('Queued'),
  other: { symbol: '?', style: undefined },
  rendering: markOf(RENDERING),
  'nothing came': { symbol: '·', style: NOTHING_CAME.style, ascii: '.' },
  completed: { symbol: '─', style: undefined },
};

function character(state: TaskState, screen: Screen): string {
  const { symbol, style, ascii = symbol } = MARKS[state];
  const text = screen.isUtf8 ? symbol : ascii;
  return style === undefined ? text : painted(screen, style, text);
}
