import { html } from 'htm/preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { count } from '../page-format.ts';
import { CellGrid } from './cell-grid.ts';
import { remInPixels, useWidth } from './element-width.ts';
import { clampShown, densest, firstShown, SHOWN_CELLS } from './failed-share.ts';
import { ShareCanvas } from './share-canvas.ts';
import { TaskCanvas } from './task-canvas.ts';
import type { TaskCells } from './task-cells.ts';
import type { TaskLight } from './task-light.ts';

/** The room of the canvas's numbers, in rem. */
const LABELS = 3.5;

/** Many tasks in three stages: the share of failed ones, all of them, and those of a range as legible cells. */
export function TaskStages(props: {
  readonly cells: TaskCells;
  readonly selected: number | null;
  readonly light: TaskLight;
  readonly firstFrame: (id: number) => number | undefined;
  onSelect(task: number): void;
}) {
  const { cells, selected, light, onSelect } = props;
  const total = cells.statuses.length;
  const [place, width] = useWidth<HTMLDivElement>();
  const [moved, setMoved] = useState<number | null>(null);
  // The worst place until the reader goes elsewhere: it must not jump with each failure.
  const [worst] = useState(() => firstShown(total, cells.failed, selected));
  const first = clampShown(total, moved ?? worst);
  const last = Math.min(total, first + SHOWN_CELLS) - 1;
  const show = useCallback(
    (task: number) => setMoved(clampShown(total, task - Math.floor(SHOWN_CELLS / 2))),
    [total],
  );
  useEffect(() => {
    if (selected !== null && (selected < first || selected > last)) show(selected);
  }, [selected]);
  const onLeave = useCallback(
    (task: number) => setMoved(clampShown(total, task < first ? task : task - SHOWN_CELLS + 1)),
    [total, first],
  );
  const sentence = useMemo(() => canvasSentence(cells), [cells]);
  const pixels = width * remInPixels();
  const range = `Tasks ${count(first)} to ${count(last)}`;
  return html`<div ref=${place} class="stages">
    ${
      width > 0 &&
      html`<${ShareCanvas} cells=${cells} width=${pixels} first=${first} last=${last} onPick=${show} />
        <${TaskCanvas}
          cells=${cells}
          width=${pixels - LABELS * remInPixels()}
          sentence=${sentence}
          light=${light}
          first=${first}
          last=${last}
          onPick=${show}
        />
        <p class="range-key">
          <strong>${range}</strong> inside the outline above; drag it, or move it with the arrow keys
        </p>
        <${CellGrid}
          kind="wide"
          cells=${cells}
          first=${first}
          last=${last}
          label=${range}
          selected=${selected}
          firstFrame=${props.firstFrame}
          onSelect=${onSelect}
          onLeave=${onLeave}
        />`
    }
  </div>`;
}

/** What the canvas shows: `10,000 tasks: 223 failed, most at 4,114 to 4,206`. */
export function canvasSentence({ statuses, failed }: TaskCells): string {
  const total = `${count(statuses.length)} tasks`;
  if (failed.length === 0) return `${total}: none failed`;
  const most = densest(failed, Math.ceil(statuses.length / 100));
  const where =
    most === undefined || most.first === most.last
      ? ''
      : `, most at ${count(most.first)} to ${count(most.last)}`;
  return `${total}: ${count(failed.length)} failed${where}`;
}
