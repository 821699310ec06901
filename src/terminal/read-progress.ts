import { StatusLine } from './status-line.ts';

/** What takes less time shows no progress, and how often it is rewritten, in ms. */
const [QUICK, REWRITTEN] = [1_000, 250];

/** Passes rows on and, if that takes long, shows on a terminal how many there were: `… 3,120 rows read, 4 s`. */
export async function* counted<Row>(rows: AsyncIterable<Row> | Iterable<Row>): AsyncGenerator<Row> {
  using line = new StatusLine();
  const begin = performance.now();
  let next = begin + QUICK;
  let count = 0;
  for await (const row of rows) {
    count += 1;
    const now = performance.now();
    if (now >= next) {
      next = now + REWRITTEN;
      const seconds = Math.floor((now - begin) / 1_000);
      line.rewrite(`${count.toLocaleString('en-US')} rows read, ${seconds} s`);
    }
    yield row;
  }
}
