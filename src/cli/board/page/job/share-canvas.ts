import { html } from 'htm/preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { count } from '../page-format.ts';
import { canvasColors, sizedContext, useAppearance } from './canvas-colors.ts';
import { shareColumns, tasksPerColumn } from './failed-share.ts';
import type { TaskCells } from './task-cells.ts';

/** In CSS pixels: all of it, what stands for tasks that came, and the least of a column with failed ones. */
const HEIGHT = 34;
const SEEN = 8;
const LEAST = 4;

/** How many tasks of each column failed: always the whole job in one line. */
export function ShareCanvas(props: {
  readonly cells: TaskCells;
  /** In CSS pixels. */
  readonly width: number;
  /** The outlined range. */
  readonly first: number;
  readonly last: number;
  onPick(task: number): void;
}) {
  const { cells, width, first, last, onPick } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const appearance = useAppearance();
  const perColumn = tasksPerColumn(cells.statuses.length, width);
  const columns = useMemo(() => shareColumns(cells.statuses, perColumn), [cells, perColumn]);
  const pitch = width / columns.length;

  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element && sizedContext(element, width, HEIGHT);
    if (!context) return;
    const colors = canvasColors(element);
    for (const [index, { failed, rendering, seen }] of columns.entries()) {
      const bar = (color: string, height: number) => {
        context.fillStyle = color;
        context.fillRect(index * pitch, HEIGHT - height, Math.max(1, pitch - 1), height);
      };
      if (seen === 0) bar(colors.none, 1);
      else bar(colors.completed, SEEN);
      if (rendering > 0) bar(colors.rendering, SEEN + LEAST);
      if (failed > 0) bar(colors.failed, Math.max(LEAST, (HEIGHT * failed) / perColumn));
    }
  }, [columns, width, appearance]);

  const pick = (event: PointerEvent) => {
    const { left } = (canvas.current as HTMLElement).getBoundingClientRect();
    const share = (event.clientX - left) / width;
    onPick(Math.max(0, Math.floor(share * cells.statuses.length)));
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    canvas.current?.setPointerCapture(event.pointerId);
    pick(event);
  };
  const from = (first / perColumn) * pitch;
  return html`<div class="share">
    <p class="share-key" aria-hidden="true">
      <span>Failed share, ${count(perColumn)} tasks a column</span>
      <span>Tall is all ${count(perColumn)}</span>
    </p>
    <div class="canvas-place">
      <canvas
        ref=${canvas}
        aria-hidden="true"
        onPointerDown=${onPointerDown}
        onPointerMove=${(event: PointerEvent) => event.buttons === 1 && pick(event)}
      ></canvas>
      <div
        class="canvas-outline"
        aria-hidden="true"
        style=${{
          left: `${from}px`,
          top: 0,
          width: `${Math.max(6, ((last + 1) / perColumn) * pitch - from)}px`,
          height: `${HEIGHT}px`,
        }}
      ></div>
    </div>
  </div>`;
}
