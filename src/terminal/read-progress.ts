import { StatusLine } from './status-line.ts';

/** What takes less time shows no progress, and how often it is rewritten, in ms. */
const [QUICK, REWRITTEN] = [1_000, 250];

/** Passes rows on, counted by a `RowCount`. */
export async function* counted<Row>(rows: AsyncIterable<Row> | Iterable<Row>): AsyncGenerator<Row> {
  using count = new RowCount();
  for await (const row of rows) {
    count.add(1);
    yield row;
  }
}

/** Counts rows and, if that takes long, shows on a terminal how many there were: `… 3,120 rows read, 4 s`. */
export class RowCount implements Disposable {
  readonly #line = new StatusLine();
  readonly #begin = performance.now();
  #next = this.#begin + QUICK;
  #rows = 0;

  add(rows: number): void {
    this.#rows += rows;
    const now = performance.now();
    if (now < this.#next) return;
    this.#next = now + REWRITTEN;
    const seconds = Math.floor((now - this.#begin) / 1_000);
    this.#line.rewrite(`${this.#rows.toLocaleString('en-US')} rows read, ${seconds} s`);
  }

  [Symbol.dispose](): void {
    this.#line[Symbol.dispose]();
  }
}
