import stringWidth from 'string-width';
import { WrongUsage } from '../shared/errors.ts';
import { masked } from '../shared/printable.ts';
import { counted } from '../terminal/read-progress.ts';
import { resembling } from '../terminal/resembling.ts';
import { painted, printLine } from '../terminal/screen.ts';
import {
  type Cell,
  type Choice,
  type Column,
  type Instead,
  layOut,
  layOutLive,
  longestThatFits,
  tabSeparated,
  type Value,
  valueText,
} from '../terminal/table.ts';
import { csvLines } from './csv.ts';
import { jsonLine } from './output.ts';
import type { Session } from './session.ts';

/** Rows that a table holds, at most, unless `--limit` says otherwise, and failed tasks that are read for one. */
export const MOST_ROWS = 10_000;

/** How a list is printed. */
export interface ListOptions {
  /** The names of the columns to show, in this order. */
  readonly columns?: readonly string[];
  /** The name of the column to sort by; with a `-` before it, the other way round. */
  readonly sort?: string;
  /** Leaves nothing out. */
  readonly wide?: true;
  readonly csv?: true;
}

/** How rows look as a list. */
export interface View<Row> extends Choice<Row> {
  /** What a line below each row says, from where a column begins; the first text is dimmed. */
  readonly below?: {
    readonly column: string;
    /** The columns whose values it says. */
    readonly columns: readonly string[];
    readonly texts: (
      rows: readonly Row[],
    ) => (row: Row, width: number) => readonly [string, string];
  };
  /** Rows are in sections, by the value of a column, which is shown where they are in none. */
  readonly sections?: {
    readonly column: string;
    readonly head: (value: string, rows: number) => string;
  };
  /** What rows that come one by one say in place of their last columns. */
  readonly instead?: Instead<Row>;
  /** What `--json` prints of a row; the row itself if it is not set. */
  readonly object?: (row: Row) => object;
  /** Whether its numbers are counts, also under names such as `completed`, which are times elsewhere. */
  readonly isCounts?: true;
}

/** What is printed around a list's rows. */
export interface Frame<Row> {
  /** The most rows to print. */
  readonly limit?: number | undefined;
  /** The first line, in several forms: what these rows are; `isMore` if they are not all. */
  readonly title?: (rows: readonly Row[], isMore: boolean) => Cell;
  /** Colors the first line. */
  readonly paintTitle?: (title: string) => string;
  /** A second line. */
  readonly subtitle?: () => Cell;
  /** A last line of a table, in its columns: what all of its rows are together. */
  readonly total?: Row | undefined;
  /** Said if there are more rows than the limit; `more` is how many if that is known. */
  readonly moreText?: (more: number | undefined) => Cell;
  /** How to have fewer rows, if there are more than a table holds. */
  readonly fewer?: string;
}

/** Prints rows as a table, tab-separated if no terminal reads them, as CSV, or as JSON. */
export class Listing<Row extends object> {
  readonly #view: View<Row>;
  readonly #options: ListOptions;
  readonly #session: Session;

  /** @throws WrongUsage for a column that there is not */
  constructor(view: View<Row>, options: ListOptions, session: Session) {
    this.#view = view;
    this.#options = options;
    this.#session = session;
    for (const name of [
      ...(options.columns ?? []),
      ...(options.sort ? [sortName(options.sort)] : []),
    ]) {
      this.#column(name);
    }
    if (options.csv && session.json) throw new WrongUsage('Give either --csv or --json.');
  }

  /**
   * Prints rows. Unless they are sorted or shown on a terminal, prints them as they come. Reads one row more
   * than the limit, to say whether there are more.
   *
   * @returns how many were printed
   */
  async print(rows: AsyncIterable<Row> | Iterable<Row>, frame: Frame<Row> = {}): Promise<number> {
    const { sort, csv } = this.#options;
    const { output } = this.#session;
    const { isTable } = this;
    const { limit = isTable ? MOST_ROWS : Infinity } = frame;
    const all = sort ? this.#sorted(await Array.fromAsync(counted(rows)), sort) : rows;
    const held: Row[] = [];
    let count = 0;
    let isMore = false;
    if (csv) this.#printCsv(this.#programColumns().map(({ name }) => name));
    for await (const row of Array.isArray(all) ? all : counted(all)) {
      output.throwIfAborted();
      isMore = count === limit;
      if (isMore) break;
      count += 1;
      if (isTable) held.push(row);
      else this.#printForPrograms(row);
    }
    if (held.length > 0) this.#printTable(held, Array.isArray(all) ? all : held, isMore, frame);
    if (isMore) {
      const more = Array.isArray(all) ? all.length - count : undefined;
      const note =
        frame.limit === undefined
          ? `Stopped at ${number(count)} rows: ${frame.fewer ?? 'use --limit'}.`
          : (frame.moreText?.(more) ?? moreText(more));
      console.error(longestThatFits(note, isTable ? this.#session.screen.width : Infinity));
    }
    return count;
  }

  /**
   * Prints rows as they come, one by one. On a terminal, a title comes first, and columns are as wide as those of
   * some models, since it is not known what comes.
   *
   * @returns prints a row
   */
  live(models: readonly Row[], title: Cell): (row: Row) => void {
    const { screen, output } = this.#session;
    const { wide, csv } = this.#options;
    let print = (row: Row) => this.#printForPrograms(row);
    if (this.isTable) {
      const { instead } = this.tellsInstead ? this.#view : {};
      const width = wide ? Infinity : screen.width;
      const { head, leftOut, line } = layOutLive(models, this.#choice(), width, instead);
      const dim = (text: string) => painted(screen, 'dim', text);
      printLine(screen, longestThatFits(title, screen.width));
      for (const line of leftOutLines(leftOut, screen.width)) printLine(screen, dim(line));
      printLine(screen, dim(head));
      print = (row) => printLine(screen, line(row));
    } else if (csv) {
      this.#printCsv(this.#programColumns().map(({ name }) => name));
    }
    return (row) => {
      output.throwIfAborted();
      print(row);
    };
  }

  /** Whether rows say something in place of columns, so that what it takes has to be read. */
  get tellsInstead(): boolean {
    return this.isTable && this.#options.columns === undefined;
  }

  /** Whether people read it. */
  get isTable(): boolean {
    const { screen, json } = this.#session;
    return screen.isTerminal && !json && !this.#options.csv;
  }

  /** Whether a column can be shown, so that what it takes has to be read. */
  shows(name: string): boolean {
    const { columns, sort = '' } = this.#options;
    if (sortName(sort) === name) return true;
    return columns?.includes(name) ?? !this.#session.json;
  }

  #printForPrograms(row: Row): void {
    const { json } = this.#session;
    const { csv, columns } = this.#options;
    const values = () =>
      this.#programColumns().map(({ name, value }) => [name, value(row)] as const);
    if (json)
      console.log(
        jsonLine(
          columns ? this.#asNamed(columns, row) : (this.#view.object?.(row) ?? row),
          !this.#view.isCounts,
        ),
      );
    else if (csv)
      this.#printCsv(
        values().map(([, value]) => (typeof value === 'number' ? value : valueText(value))),
      );
    else console.log(tabSeparated(values().map(([, value]) => value)));
  }

  /** The values of columns, by the names by which they were asked for. */
  #asNamed(names: readonly string[], row: Row): object {
    return Object.fromEntries(names.map((name) => [name, this.#column(name).value(row)]));
  }

  #printCsv(values: readonly (string | number)[]): void {
    process.stdout.write(csvLines([values]));
  }

  /** @param all these rows, and those that are known and not shown */
  #printTable(rows: readonly Row[], all: readonly Row[], isMore: boolean, frame: Frame<Row>): void {
    const { title, paintTitle = (text) => text, subtitle, total } = frame;
    const { screen } = this.#session;
    const { wide, columns, sort } = this.#options;
    const below = columns ? undefined : this.#view.below;
    const textsBelow = below?.texts(rows);
    const sections = columns || sort ? undefined : this.#view.sections;
    const width = wide ? Infinity : screen.width;
    const dim = (text: string) => painted(screen, 'dim', text);
    const { head, lines, starts, leftOut } = layOut(
      total ? [...rows, total] : rows,
      this.#choice(),
      width,
      sections ? 2 : 0,
    );
    const say = (line: string) => printLine(screen, line);
    if (title) say(paintTitle(masked(longestThatFits(title(rows, isMore), screen.width))));
    if (subtitle) say(masked(longestThatFits(subtitle(), screen.width)));
    say(dim(head));
    const sectionOf = (row: Row) => valueText(this.#column(sections?.column ?? '').value(row));
    let section: string | undefined;
    for (const [index, row] of rows.entries()) {
      if (sections && sectionOf(row) !== section) {
        section = sectionOf(row);
        say(sections.head(section, all.filter((each) => sectionOf(each) === section).length));
      }
      say(lines[index] as string);
      if (!below || !textsBelow) continue;
      const start = starts.get(below.column) ?? 0;
      const [first, rest] = textsBelow(row, width - start).map(masked);
      say(`${' '.repeat(start)}${dim(first as string)}  ${rest}`);
    }
    if (total) say(lines.at(-1) as string);
    for (const line of leftOutLines(leftOut, screen.width)) say(dim(line));
  }

  /** Numbers and times from the largest, texts from A to Z; what is not known comes last. */
  #sorted(rows: readonly Row[], sort: string): Row[] {
    const { value } = this.#column(sortName(sort));
    const sign = sort.startsWith('-') ? -1 : 1;
    return rows.toSorted((a, b) => {
      const [one, other] = [value(a), value(b)];
      if (one === undefined || other === undefined) {
        return Number(one === undefined) - Number(other === undefined);
      }
      return sign * compare(one, other);
    });
  }

  #choice(): Choice<Row> {
    const { columns, sort, wide } = this.#options;
    if (columns) {
      const chosen = columns.map((name) => asAsked(this.#column(name)));
      return { columns: chosen, always: chosen.map(({ name }) => name), further: [] };
    }
    const { sections, below } = this.#view;
    const [always, further] = [[...this.#view.always], [...this.#view.further]];
    if (sort) always.push(this.#column(sortName(sort)).name);
    if (sort && sections) always.push(sections.column);
    if (!wide) return { columns: this.#view.columns, always, further };
    const elsewhere = [...(below?.columns ?? []), ...(sections ? [sections.column] : [])];
    const others = this.#view.columns.map(({ name }) => name);
    further.push(...others.filter((name) => ![...further, ...elsewhere].includes(name)));
    return { columns: this.#view.columns.map(whole), always, further };
  }

  #programColumns(): readonly Column<Row>[] {
    return this.#options.columns?.map((name) => this.#column(name)) ?? this.#view.columns;
  }

  #column(name: string): Column<Row> {
    const { columns } = this.#view;
    const found = columns.find((each) => each.name === name || each.aka === name);
    if (found) return found;
    const names = columns.map((each) => each.name);
    const meant = resembling(name, names);
    const question = meant.length > 0 ? ` Did you mean ${meant.join(' or ')}?` : '';
    throw new WrongUsage(`There is no column ${name}.${question} Columns: ${names.join(', ')}.`);
  }
}

/** A column that cuts nothing, and says all that it can. */
function whole<Row>(column: Column<Row>): Column<Row> {
  const { cells, isBrief, value } = column;
  if (cells === undefined) return column;
  if (isBrief) return asAsked(column);
  return {
    ...column,
    cells: (rows) =>
      cells(rows).map((cell, index) =>
        typeof cell === 'string' ? cell : valueText(value(rows[index] as Row)),
      ),
  };
}

/** A column that was asked for is there, and has all that it can say. */
function asAsked<Row>({ isBrief, cells, wider: _, ...column }: Column<Row>): Column<Row> {
  return isBrief || cells === undefined ? column : { ...column, cells };
}

/** The column that a choice of the order names. */
function sortName(sort: string): string {
  return sort.replace(/^-/, '');
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

function compare(a: NonNullable<Value>, b: NonNullable<Value>): number {
  if (typeof a !== 'string' && typeof b !== 'string') return Number(b) - Number(a);
  return COLLATOR.compare(valueText(a), valueText(b));
}

/** Says that there are more rows than the limit, and how many if that is known. */
export function moreText(more: number | undefined): string {
  if (more === undefined) return 'There are more: raise --limit.';
  return `There ${more === 1 ? 'is 1' : `are ${number(more)}`} more: raise --limit.`;
}

/** Names the columns without room, on a line or, on a narrow terminal, on several. */
function leftOutLines(names: readonly string[], width: number): string[] {
  if (names.length === 0) return [];
  const text = `Left out: ${names.join(', ')}.`;
  const forms = [`${text} See --wide, --columns, --json.`, `${text} See --wide.`];
  const fitting = forms.find((form) => stringWidth(form) <= width);
  if (fitting !== undefined) return [fitting];
  const lines = [''];
  for (const word of (forms[1] as string).split(' ')) {
    const longer = `${lines.at(-1)}${lines.at(-1) ? ' ' : ''}${word}`;
    if (stringWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(`  ${word}`);
  }
  return lines;
}

/** Such as `3,120`. */
function number(count: number): string {
  return count.toLocaleString('en-US');
}
