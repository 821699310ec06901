import stringWidth from 'string-width';
import { masked, tabSeparable } from '../shared/printable.ts';
import { type Elide, elideEnd, elideMiddle, elideRanges } from './elide.ts';

/** A value for programs: times are dates. `undefined` is none, or not known. */
export type Value = string | number | bigint | Date | undefined;

/** A cell's text for people; or several that say the same, the longest first, of which the first that fits is shown. */
export type Cell = string | readonly [string, ...string[]];

/** A column of a table of rows. */
export interface Column<Row> {
  /** Its head, which is never cut, and what people choose it by. */
  readonly name: string;
  /** What follows its head in parentheses, where it is the last column and there is room. */
  readonly hint?: (rows: readonly Row[]) => string | undefined;
  /** Another name by which people may choose it. */
  readonly aka?: string;
  readonly value: (row: Row) => Value;
  /** The cells of all rows, as the form of one may depend on the others; their values if it is not set. */
  readonly cells?: (rows: readonly Row[]) => readonly Cell[];
  /** Longer cells, which come in as a column of their own would. */
  readonly wider?: {
    readonly name: string;
    readonly cells: (rows: readonly Row[]) => readonly Cell[];
  };
  readonly align?: 'right';
  /** How texts are cut; they are not if it is not set. */
  readonly elide?: keyof typeof ELIDE;
  /** The least width of texts that are cut, and the most that they take while others want room. */
  readonly width?: readonly [least: number, most: number];
  /** Whether this row's text is never cut. */
  readonly isWhole?: (row: Row) => boolean;
  /** Cells leave out what the row says anyway: whoever asks for the column gets its values. */
  readonly isBrief?: true;
  /** Colors a text of the column, and changes nothing else. */
  readonly paint?: (text: string, row: Row) => string;
}

/** Which columns are shown, in the order of display. */
export interface Choice<Row> {
  readonly columns: readonly Column<Row>[];
  /**
   * The names of those that are always there, then of those that come in until one does not fit, unless all of
   * their cells are empty.
   */
  readonly always: readonly string[];
  readonly further: readonly string[];
}

/** A table whose rows are lines. */
export interface Layout {
  readonly head: string;
  readonly lines: readonly string[];
  /** Where each column begins, in columns of the terminal, by its name. */
  readonly starts: ReadonlyMap<string, number>;
  /** The names of the columns without room. */
  readonly leftOut: readonly string[];
}

const ELIDE = {
  middle: elideMiddle,
  ranges: elideRanges,
  end: elideEnd,
} as const satisfies Record<string, Elide>;

/** Columns of a terminal between two columns of a table. */
const GAP = 2;

/** A column with its cells, and the widths that it can have. */
interface Fitted<Row> {
  readonly column: Column<Row>;
  readonly cells: readonly Cell[];
  readonly least: number;
  /** What it takes while other columns want room. */
  readonly fair: number;
  readonly most: number;
  readonly natural: number;
}

/**
 * Lays rows out: columns come in by importance until one does not fit, and share what room is left.
 *
 * @param width in columns of the terminal; with `Infinity`, nothing is left out or cut
 * @param indent blanks before each line
 */
export function layOut<Row>(
  rows: readonly Row[],
  choice: Choice<Row>,
  width: number,
  indent = 0,
): Layout {
  const room = width - indent;
  const { shown, leftOut } = chooseColumns(rows, choice, room);
  const widths = shareRoom(shown, room);
  const margin = ' '.repeat(indent);
  let start = indent;
  const starts = new Map<string, number>();
  for (const [index, { column }] of shown.entries()) {
    starts.set(column.name, start);
    start += (widths[index] as number) + GAP;
  }
  const head = margin + headOf(shown, widths);
  const hint = shown.at(-1)?.column.hint?.(rows);
  const hinted = `${head} (${hint})`;
  return {
    head: hint !== undefined && stringWidth(hinted) <= width ? hinted : head,
    lines: rows.map((row, number) => (margin + lineOf(shown, widths, row, number)).trimEnd()),
    starts,
    leftOut,
  };
}

/** A text that stands in place of what a row has in a column and all after it. */
export interface Instead<Row> {
  /** The name of the column. */
  readonly from: string;
  /** The least width that it gets. */
  readonly least: number;
  /** @returns `undefined` for a row without */
  readonly text: (row: Row, width: number) => string | undefined;
  /** Colors the text, and changes nothing else. */
  readonly paint: (text: string, row: Row) => string;
}

/** A table whose rows come one by one. */
export interface LiveLayout<Row> {
  readonly head: string;
  /** The names of the columns without room. */
  readonly leftOut: readonly string[];
  readonly line: (row: Row) => string;
}

/**
 * Lays out rows that come one by one. Columns are as wide as some models need; where a row needs more of one that
 * is never cut, the others give it.
 */
export function layOutLive<Row>(
  models: readonly Row[],
  choice: Choice<Row>,
  width: number,
  instead?: Instead<Row>,
): LiveLayout<Row> {
  const { shown, leftOut } = chooseColumns(models, choice, width);
  const first = shown.findIndex(({ column }) => column.name === instead?.from);
  const before = shown.slice(0, first === -1 ? shown.length : first);
  const all = shareRoom(shown, width);
  const most = width - GAP - (instead?.least ?? 0);
  const taken = Math.min(lineWidth(all.slice(0, before.length)), most);
  const widths = [...shareRoom(before, taken), ...all.slice(before.length)];
  const line = (row: Row, columns: readonly Fitted<Row>[], room: number) => {
    const fixed = columns.map(({ column }, index) => {
      const own = measured(column, cellsOf(column, [row]), [row]);
      const fair = Math.max(widths[index] as number, own.least);
      const least = column.elide === undefined ? fair : own.least;
      return { ...own, least, fair, most: fair, natural: Math.max(fair, own.natural) };
    });
    return lineOf(fixed, shareRoom(fixed, room), row, 0);
  };
  return {
    head: headOf(shown, widths),
    leftOut,
    line: (row) => {
      const own = line(row, before, width === Infinity ? width : taken) + ' '.repeat(GAP);
      const text = instead?.text(row, width - stringWidth(own));
      if (!instead || text === undefined) return line(row, shown, width).trimEnd();
      return (own + instead.paint(masked(text), row)).trimEnd();
    },
  };
}

function headOf<Row>(shown: readonly Fitted<Row>[], widths: readonly number[]): string {
  const names = shown.map(({ column }, index) =>
    padded(column.name, widths[index] as number, column),
  );
  return names.join(' '.repeat(GAP)).trimEnd();
}

/** @param number the row's among those that were measured */
function lineOf<Row>(
  shown: readonly Fitted<Row>[],
  widths: readonly number[],
  row: Row,
  number: number,
): string {
  const texts = shown.map(({ column, cells }, index) => {
    const most = widths[index] as number;
    const text = fitted(cells[number] as Cell, most, column);
    return padded(text, most, column, text && column.paint?.(text, row));
  });
  return texts.join(' '.repeat(GAP));
}

function chooseColumns<Row>(
  rows: readonly Row[],
  { columns, always, further }: Choice<Row>,
  room: number,
): { shown: Fitted<Row>[]; leftOut: string[] } {
  const fittedBy = new Map<string, Fitted<Row>>();
  for (const column of columns) {
    const cells = cellsOf(column, rows);
    if (!always.includes(column.name) && cells.every((cell) => cell === '')) continue;
    fittedBy.set(column.name, measured(column, cells, rows));
  }
  const inOrder = (chosen: ReadonlyMap<string, Fitted<Row>>) =>
    columns.flatMap(({ name }) => chosen.get(name) ?? []);
  const chosen = new Map<string, Fitted<Row>>();
  let isFull = false;
  const leftOut: string[] = [];
  for (const name of [...always, ...further]) {
    const added = widened(name, chosen, rows) ?? fittedBy.get(name);
    if (added === undefined) continue;
    const next = new Map([...chosen, [added.column.name, added]]);
    const width = always.includes(name) ? ('least' as const) : ('fair' as const);
    isFull ||= chosen.size > 0 && lineWidth(inOrder(next).map((each) => each[width])) > room;
    if (isFull) leftOut.push(name);
    else chosen.set(added.column.name, added);
  }
  return { shown: inOrder(chosen), leftOut };
}

function cellsOf<Row>({ cells, value }: Column<Row>, rows: readonly Row[]): Cell[] {
  return (cells?.(rows) ?? rows.map((row) => valueText(value(row)))).map(safe);
}

function safe(cell: Cell): Cell {
  return typeof cell === 'string' ? masked(cell) : (cell.map(masked) as [string, ...string[]]);
}

/** A chosen column whose wider cells have this name, with these. */
function widened<Row>(
  name: string,
  chosen: ReadonlyMap<string, Fitted<Row>>,
  rows: readonly Row[],
): Fitted<Row> | undefined {
  for (const { column } of chosen.values()) {
    if (column.wider?.name === name)
      return measured(column, column.wider.cells(rows).map(safe), rows);
  }
  return undefined;
}

function measured<Row>(
  column: Column<Row>,
  cells: readonly Cell[],
  rows: readonly Row[],
): Fitted<Row> {
  const head = stringWidth(column.name);
  const widest = (form: (cell: Cell) => string) =>
    cells.reduce((most, cell) => Math.max(most, stringWidth(form(cell))), head);
  const natural = widest(longest);
  const { elide, width: [few, many] = [natural, natural], isWhole } = column;
  if (elide === undefined) {
    const fair = widest(shorter);
    const most = Math.max(fair, Math.min(natural, many));
    return { column, cells, least: widest(shortest), fair, most, natural };
  }
  const uncut = cells.filter((_, index) => isWhole?.(rows[index] as Row));
  const floor = uncut.reduce<number>(
    (most, cell) => Math.max(most, stringWidth(longest(cell))),
    head,
  );
  const least = Math.max(floor, Math.min(natural, few));
  const most = Math.max(floor, Math.min(natural, many));
  return { column, cells, least, fair: most, most, natural };
}

/** The order in which columns give up room: first those that lose the least by it. */
const GIVING: readonly string[] = ['forms', 'ranges', 'middle', 'end'];

/** The widths of the columns that are shown. */
function shareRoom<Row>(shown: readonly Fitted<Row>[], room: number): number[] {
  const widths = shown.map(({ fair }) => fair);
  let spare = room - lineWidth(widths);
  const givers = shown
    .map(({ column: { elide = 'forms' } }, index) => ({ rank: GIVING.indexOf(elide), index }))
    .sort((a, b) => a.rank - b.rank || b.index - a.index);
  for (const { index } of givers) {
    const given = Math.min(
      Math.max(0, -spare),
      (widths[index] as number) - (shown[index] as Fitted<Row>).least,
    );
    (widths[index] as number) -= given;
    spare += given;
  }
  const take = (index: number, limit: number) => {
    const taken = Math.min(Math.max(0, spare), limit - (widths[index] as number));
    (widths[index] as number) += taken;
    spare -= taken;
  };
  for (const [index, { most }] of shown.entries()) take(index, most);
  if (room === Infinity) for (const [index, { natural }] of shown.entries()) take(index, natural);
  else if (shown.length > 0) take(shown.length - 1, (shown.at(-1) as Fitted<Row>).natural);
  return widths;
}

function lineWidth(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each + GAP, -GAP);
}

function fitted<Row>(cell: Cell, width: number, { elide }: Column<Row>): string {
  if (typeof cell !== 'string')
    return cell.find((text) => stringWidth(text) <= width) ?? shortest(cell);
  return elide === undefined || stringWidth(cell) <= width ? cell : ELIDE[elide](cell, width);
}

/** @param painted the same text in color */
function padded<Row>(text: string, width: number, { align }: Column<Row>, painted = text): string {
  const blanks = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'right' ? blanks + painted : painted + blanks;
}

function longest(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell[0];
}

function shorter(cell: Cell): string {
  return typeof cell === 'string' ? cell : (cell[1] ?? cell[0]);
}

function shortest(cell: Cell): string {
  return typeof cell === 'string' ? cell : (cell.at(-1) as string);
}

/** The first of the forms that fits into a width, or else the last of them, cut. */
export function longestThatFits(cell: Cell, width: number, elide: Elide = elideEnd): string {
  const forms = typeof cell === 'string' ? [cell] : cell;
  return forms.find((form) => stringWidth(form) <= width) ?? elide(forms.at(-1) as string, width);
}

/** Values as a line for programs, with tabs between them. */
export function tabSeparated(values: readonly Value[]): string {
  return values.map((value) => tabSeparable(valueText(value))).join('\t');
}

/** A value as programs read it: a time is in ISO 8601 and UTC. */
export function valueText(value: Value): string {
  if (value === undefined) return '';
  return value instanceof Date ? value.toISOString() : String(value);
}
