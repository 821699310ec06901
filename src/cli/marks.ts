import { FAILED } from '../shared/indexes.ts';
import type { Style } from '../terminal/screen.ts';
import { COMPLETED, DELETED, RENDERING, SUSPENDED } from './status.ts';

/** What stands before a status, so that it is seen at a glance, and not by its color alone. */
export interface Mark {
  readonly symbol: string;
  /** None for what needs no attention: a good night has no color. */
  readonly style: Style | undefined;
}

/** What stands before a status that has no mark of its own. */
const OTHER: Mark = { symbol: '·', style: undefined };

const MARKS: Readonly<Record<string, Mark>> = {
  [FAILED]: { symbol: '✗', style: ['bold', 'red'] },
  [COMPLETED]: { symbol: '✓', style: undefined },
  [SUSPENDED]: { symbol: '◫', style: 'magenta' },
  [DELETED]: { symbol: '⊘', style: 'dim' },
  [RENDERING]: { symbol: '▸', style: 'blue' },
  Started: { symbol: '▸', style: 'blue' },
  // A task that was stopped and waits for its next start.
  Queued: { symbol: '↵', style: 'yellow' },
  Requeued: { symbol: '↵', style: 'yellow' },
};

/** Nothing was received about a task. */
export const NOTHING_CAME: Mark = { symbol: '◌', style: 'dim' };

export function markOf(status: string | undefined): Mark {
  return status !== undefined && Object.hasOwn(MARKS, status) ? (MARKS[status] as Mark) : OTHER;
}

/** A status with its mark, such as `✗ Failed`; empty if it is not known. */
export function markedText(status: string | undefined): string {
  return status === undefined ? '' : `${markOf(status).symbol} ${status}`;
}
