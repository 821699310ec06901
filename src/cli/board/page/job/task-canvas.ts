import { html } from 'htm/preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { count } from '../page-format.ts';
import { type CanvasColors, canvasColors, sizedContext, useAppearance } from './canvas-colors.ts';
import {
  type Box,
  type CanvasGrid,
  canvasGrid,
  cellBox,
  labeledTasks,
  rangeBoxes,
  taskAt,
} from './canvas-grid.ts';
import type { CellStatus, TaskCells } from './task-cells.ts';
import { type TaskLight, useLit } from './task-light.ts';

/** All tasks of a job in reading order. Draws all at first, then only the cells that changed. */
export function TaskCanvas(props: {
  readonly cells: TaskCells;
  /** In CSS pixels. */
  readonly width: number;
  readonly sentence: string;
  readonly light: TaskLight;
  /** The outlined range. */
  readonly first: number;
  readonly last: number;
  /** A task under the pointer: pressed, or dragged to. */
  onPick(task: number): void;
}) {
  const { cells, width, light, onPick } = props;
  const { statuses } = cells;
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<{ readonly key: string; readonly statuses: readonly CellStatus[] } | null>(
    null,
  );
  const appearance = useAppearance();
  const grid = useMemo(() => canvasGrid(statuses.length, width), [statuses.length, width]);
  const lit = useLit(light);

  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const key = [grid.count, grid.width, appearance].join();
    const before = drawn.current?.key === key ? drawn.current.statuses : undefined;
    if (before === statuses) return;
    const context = before
      ? element.getContext('2d')
      : sizedContext(element, grid.width, grid.height);
    if (!context) return;
    const colors = canvasColors(element);
    for (const [task, status] of statuses.entries()) {
      if (status !== before?.[task]) drawCell(context, grid, colors, task, status, !!before);
    }
    drawn.current = { key, statuses };
  }, [grid, statuses, appearance]);

  const at = (event: PointerEvent) => {
    const { left, top } = (canvas.current as HTMLElement).getBoundingClientRect();
    return taskAt(grid, event.clientX - left, event.clientY - top);
  };
  const onPointerMove = (event: PointerEvent) => {
    light.light(String(at(event)));
    if (event.buttons === 1) onPick(at(event));
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    canvas.current?.setPointerCapture(event.pointerId);
    onPick(at(event));
  };
  return html`<div class="task-canvas">
    <div class="canvas-labels" aria-hidden="true" style=${{ height: `${grid.height}px` }}>
      ${labeledTasks(grid).map(
        (task) => html`<span key=${task} style=${{ top: `${cellBox(grid, task).y}px` }}>
          ${count(task)}
        </span>`,
      )}
    </div>
    <div class="canvas-place">
      <canvas
        ref=${canvas}
        role="img"
        aria-label=${props.sentence}
        onPointerMove=${onPointerMove}
        onPointerDown=${onPointerDown}
      ></canvas>
      ${rangeBoxes(grid, props.first, props.last).map((box) => outline('outline', box))}
      ${lit !== null && lit < grid.count && outline('lit', cellBox(grid, lit))}
    </div>
  </div>`;
}

function drawCell(
  context: CanvasRenderingContext2D,
  { pitch, ...grid }: CanvasGrid,
  colors: CanvasColors,
  task: number,
  status: CellStatus,
  isChange: boolean,
): void {
  const { x, y, width, height } = cellBox({ pitch, ...grid }, task);
  if (isChange) context.clearRect(x, y, pitch.x, pitch.y);
  context.fillStyle = colors[status];
  switch (status) {
    case 'failed':
      context.fillRect(x, y, pitch.x, pitch.y);
      break;
    case 'requeued':
      context.fillRect(x, y, Math.ceil(width / 3), height);
      break;
    case 'suspended':
      for (const part of [0, 2]) context.fillRect(x + (part * width) / 5 + 1, y, 1, height);
      break;
    case 'none':
      context.fillRect(x, y + height - 1, width, 0.5);
      break;
    default:
      context.fillRect(x, y, width, height);
  }
}

function outline(kind: string, { x, y, width, height }: Box) {
  return html`<div
    key=${`${kind} ${y}`}
    class=${`canvas-${kind}`}
    aria-hidden="true"
    style=${{ left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` }}
  ></div>`;
}
