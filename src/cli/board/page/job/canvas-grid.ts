/** The cells of a canvas in reading order, in CSS pixels. */
export interface CanvasGrid {
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  readonly pitch: Pitch;
}

/** The distance from one cell to the next; a pixel of it is the gap. */
interface Pitch {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** From the most tasks on that each is for: a canvas must not be higher than browsers can draw. */
const PITCHES: readonly (readonly [least: number, pitch: Pitch])[] = [
  [200_000, { x: 2, y: 2 }],
  [40_000, { x: 4, y: 3 }],
  [0, { x: 7, y: 4 }],
];

export function canvasGrid(count: number, width: number): CanvasGrid {
  const pitch = PITCHES.find(([least]) => count > least)?.[1] ?? { x: 7, y: 4 };
  const columns = Math.max(1, Math.floor((width + 1) / pitch.x));
  const rows = Math.ceil(count / columns);
  return { count, columns, rows, width, height: rows * pitch.y, pitch };
}

/** Where a task's cell is, without the gap. */
export function cellBox({ columns, pitch }: CanvasGrid, task: number): Box {
  return {
    x: (task % columns) * pitch.x,
    y: Math.floor(task / columns) * pitch.y,
    width: pitch.x - 1,
    height: pitch.y - 1,
  };
}

/** The task at a point; that nearest to it if there is none. */
export function taskAt(grid: CanvasGrid, x: number, y: number): number {
  const column = within(Math.floor(x / grid.pitch.x), grid.columns);
  const row = within(Math.floor(y / grid.pitch.y), grid.rows);
  return Math.min(row * grid.columns + column, grid.count - 1);
}

/** The boxes around a range of tasks: one a row. */
export function rangeBoxes(grid: CanvasGrid, first: number, last: number): Box[] {
  const boxes: Box[] = [];
  for (let from = first; from <= last; ) {
    const to = Math.min(last, from - (from % grid.columns) + grid.columns - 1);
    const [begin, end] = [cellBox(grid, from), cellBox(grid, to)];
    boxes.push({ ...begin, width: end.x + end.width - begin.x });
    from = to + 1;
  }
  return boxes;
}

/** The least distance between two numbers at the left, in CSS pixels. */
const LABEL = 30;

/** The tasks whose numbers stand at the left: the first, the last, and round ones between. */
export function labeledTasks(grid: CanvasGrid): number[] {
  const most = Math.max(1, Math.floor(grid.height / LABEL));
  const step =
    [1, 2, 5]
      .flatMap((digit) => [2, 3, 4, 5].map((zeros) => digit * 10 ** zeros))
      .sort((a, b) => a - b)
      .find((each) => grid.count / each <= most) ?? grid.count;
  const last = grid.count - 1;
  const between = Array.from({ length: Math.floor(last / step) + 1 }, (_, index) => index * step);
  const bottom = cellBox(grid, last).y;
  return [
    ...between.filter((task) => task === 0 || bottom - cellBox(grid, task).y >= LABEL / 2),
    last,
  ];
}

function within(index: number, count: number): number {
  return Math.min(Math.max(index, 0), count - 1);
}
