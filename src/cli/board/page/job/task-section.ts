import { html } from 'htm/preact';
import type { JobState } from '../../state/farm-state.ts';
import { count, counted } from '../page-format.ts';
import { Mark } from '../status-marks.ts';
import { CellGrid } from './cell-grid.ts';
import { CELL_STATUSES, type CellStatus, cellLayout, type TaskCells } from './task-cells.ts';
import { statusWord } from './task-label.ts';
import type { TaskLight } from './task-light.ts';
import { TaskStages } from './task-stages.ts';

/** The strip of a job's tasks, with what its colors say. */
export function TaskSection(props: {
  readonly state: JobState;
  readonly cells: TaskCells;
  readonly selected: number | null;
  readonly light: TaskLight;
  readonly firstFrame: (id: number) => number | undefined;
  onSelect(task: number): void;
}) {
  const { state, cells, selected, light, firstFrame, onSelect } = props;
  const total = cells.statuses.length;
  const layout = cellLayout(total);
  return html`<section class="task-section" aria-labelledby="tasks-title">
    <div class="section-head">
      <h2 id="tasks-title">Tasks</h2>
      <span class="quiet">${count(total)}${cells.others.length > 0 && `, and ${counted(cells.others.length, 'other')} below`}</span>
      <ul class="counts">
        ${CELL_STATUSES.map((status) => countOf(status, state, cells))}
      </ul>
      <span class="keys" aria-hidden="true"><kbd>n</kbd> <kbd>p</kbd> next, previous failed</span>
    </div>
    ${total === 0 && html`<p class="nothing">No task has started yet.</p>`}
    ${
      total > 0 &&
      (layout === 'stages'
        ? html`<${TaskStages} cells=${cells} selected=${selected} light=${light} firstFrame=${firstFrame} onSelect=${onSelect} />`
        : html`<${CellGrid}
            kind=${layout}
            cells=${cells}
            first=${0}
            last=${total - 1}
            label="Tasks"
            selected=${selected}
            firstFrame=${firstFrame}
            onSelect=${onSelect}
          />`)
    }
  </section>`;
}

function countOf(status: CellStatus, { job }: JobState, { counts }: TaskCells) {
  const number = counts.get(status) ?? 0;
  const mark = status === 'other' ? 'none' : status;
  // How often, where no task waits after a requeue now.
  const requeues = status === 'requeued' && number === 0 ? (job.requeues ?? 0) : 0;
  if (number + requeues === 0) return null;
  const text =
    requeues > 0 ? counted(requeues, 'requeue') : `${count(number)} ${statusWord(status)}`;
  return html`<li key=${status}><${Mark} status=${mark} />${text}</li>`;
}
