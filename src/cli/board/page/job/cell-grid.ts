import { html } from 'htm/preact';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Mark } from '../status-marks.ts';
import { useWidth } from './element-width.ts';
import { useRovingFocus } from './roving-focus.ts';
import type { TaskCells } from './task-cells.ts';
import { cellLabel } from './task-label.ts';

/** The size of cells with a number and a mark, whose number must fit, and of small ones, in rem. */
const LEAST_WIDE = 1.5;
/** One task alone is not a red wall. */
const MOST_WIDE = 8;
const DIGIT = 0.42;
const SMALL = 0.75;
const GAP = 0.125;
/** How long a cell tells that it changed, in ms. */
const TOLD = 1_200;
/** A label of a frame and what is free after it, in rem. */
const FRAME_LABEL = 5;

/** Cells of a range of tasks, to look at and to reach with the keyboard. */
export function CellGrid(props: {
  readonly kind: 'wide' | 'small';
  readonly cells: TaskCells;
  readonly first: number;
  readonly last: number;
  readonly label: string;
  readonly selected: number | null;
  readonly firstFrame?: (id: number) => number | undefined;
  onSelect(task: number): void;
  /** An arrow went to a task out of the range. */
  onLeave?(task: number): void;
}) {
  const { kind, cells, first, last, onSelect, onLeave } = props;
  const [grid, width] = useWidth<HTMLDivElement>();
  const wanted = useRef<number | null>(null);
  const onEdge = useCallback(
    (step: 1 | -1, from: HTMLElement) => {
      const task = Number(from.dataset.task) + step;
      if (task < 0 || task >= cells.statuses.length || !onLeave) return;
      wanted.current = task;
      onLeave(task);
    },
    [onLeave, cells],
  );
  useRovingFocus(grid, onEdge);
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    grid.current?.querySelector<HTMLElement>(`[data-task="${wanted.current}"]`)?.focus();
    wanted.current = null;
  });

  const before = useRef(cells.statuses);
  useEffect(() => {
    const changed = ids.filter((id) => before.current[id] !== cells.statuses[id]);
    before.current = cells.statuses;
    for (const id of changed) tellChange(grid.current?.querySelector(`[data-task="${id}"]`));
  }, [cells.statuses]);

  const least = kind === 'small' ? SMALL : Math.max(LEAST_WIDE, String(last).length * DIGIT + 0.25);
  const count = last - first + 1;
  const fitting = Math.max(1, Math.floor((width + GAP) / (least + GAP)));
  const columns = Math.min(count, fitting);
  const ids = Array.from({ length: width === 0 ? 0 : count }, (_, index) => first + index);
  const rows = Array.from({ length: Math.ceil(ids.length / columns) }, (_, row) =>
    ids.slice(row * columns, (row + 1) * columns),
  );
  const onClick = ({ target }: Event) => {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-task]') : null;
    if (cell) onSelect(Number(cell.dataset.task));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onClick(event);
  };
  const most = columns * MOST_WIDE < width ? `${MOST_WIDE}rem` : '1fr';
  const size = kind === 'small' ? `${SMALL}rem` : `minmax(0, ${most})`;
  const gridTemplateColumns = `repeat(${columns}, ${size})`;
  return html`<div ref=${grid} class=${`cells ${kind}`} onClick=${onClick} onKeyDown=${onKeyDown}>
    <div role="grid" aria-label=${props.label}>
      ${rows.map(
        (row) => html`<div
          key=${row[0]}
          class="cell-row"
          role="row"
          data-rove-row
          style=${{ gridTemplateColumns }}
        >
          ${row.map((id) => cell(id, props))}
        </div>`,
      )}
    </div>
    ${
      rows.length === 1 &&
      props.firstFrame &&
      html`<div class="frame-axis" aria-hidden="true" style=${{ gridTemplateColumns }}>
        ${frameLabels(ids, Math.max(1, Math.floor(width / FRAME_LABEL)), props.firstFrame)}
      </div>`
    }
  </div>`;
}

/** Outlines a cell that changed, unless the reader wants less motion. */
function tellChange(cell: Element | null | undefined): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const outline = '0.125rem solid var(--ink)';
  cell?.animate([{ outline }, { outline }], TOLD);
}

function cell(
  id: number,
  { cells, kind, selected }: Pick<Parameters<typeof CellGrid>[0], 'cells' | 'kind' | 'selected'>,
) {
  const task = cells.byId.get(id);
  const status = cells.statuses[id] ?? 'none';
  const label = cellLabel(id, task);
  return html`<div
    key=${id}
    class=${`task-cell ${status}`}
    role="gridcell"
    tabindex="-1"
    data-rove
    data-task=${id}
    title=${label}
    aria-label=${label}
    aria-selected=${id === selected ? 'true' : 'false'}
  >
    ${
      kind === 'wide' &&
      html`${status === 'none' || status === 'other' ? html`<span class="dash">${status === 'none' ? '–' : '?'}</span>` : html`<${Mark} status=${status} />`}
        <span>${id}</span>
        ${task?.requeues ? html`<span class="times" data-times=${task.requeues}><${Mark} status="requeued" /></span>` : null}`
    }
  </div>`;
}

/** The first frames of some of the cells, as many as fit. */
function frameLabels(
  ids: readonly number[],
  most: number,
  firstFrame: (id: number) => number | undefined,
) {
  // Fives read well; a few cells need no more than each second.
  const every = [1, 2, 5, 10, 20, 50].find((step) => ids.length / step <= most) ?? ids.length;
  return ids.map((id, index) => {
    const frame = index % every === 0 ? firstFrame(id) : undefined;
    if (frame === undefined) return null;
    return html`<span key=${id} style=${{ gridColumn: index + 1 }}>
      ${index === 0 ? 'frame ' : ''}${frame}
    </span>`;
  });
}
