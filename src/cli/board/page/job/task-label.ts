import { briefFrames } from '../../../../shared/frames.ts';
import type { TaskState } from '../../state/farm-state.ts';
import { counted } from '../page-format.ts';
import { type CellStatus, cellStatus } from './task-cells.ts';

const WORDS: Readonly<Record<CellStatus, string>> = {
  failed: 'failed',
  completed: 'completed',
  rendering: 'rendering',
  suspended: 'suspended',
  requeued: 'requeued',
  other: 'in another status',
  none: 'nothing came',
};

/** What a status is called among others: `7 failed`. */
export function statusWord(status: CellStatus): string {
  return WORDS[status];
}

/** A cell in words: `Task 13, failed, frames 1027-1028, render-036, 2 requeues`. */
export function cellLabel(id: number, task: TaskState | undefined): string {
  if (!task) return `Task ${id}, ${WORDS.none}`;
  const status = cellStatus(task.status);
  const word = status === 'other' ? (task.status ?? WORDS.other) : WORDS[status];
  const facts = [
    `Task ${id}`,
    word,
    task.frames && `frames ${briefFrames(task.frames)}`,
    task.worker,
    task.requeues && counted(task.requeues, 'requeue'),
  ];
  return facts.filter((fact) => fact).join(', ');
}
