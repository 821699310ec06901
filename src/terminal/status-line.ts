import { oneLine, printable } from './printable.ts';

/** How often a line is written at most where lines stay, in ms. */
const STAYING = 60_000;
/** How often it is worth while to find out what it should say where it can be rewritten, in ms. */
const REWRITTEN = 15_000;

/** Erases the line that the cursor is in. */
const ERASE = '\r\u001b[K';

type Output = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>;

/**
 * A line that says how far something is, until it is disposed of. A terminal has one, which is rewritten
 * and erased at the end. Elsewhere, such as in a log, it is a line for each change, but one a minute at most.
 */
export class StatusLine implements Disposable {
  readonly #output: Output;
  #last: string | undefined;
  #next = 0;

  constructor(output: Output = process.stderr) {
    this.#output = output;
  }

  /** How long to leave between two texts that are costly to find out, in ms. */
  get leastPause(): number {
    return this.#output.isTTY ? REWRITTEN : STAYING;
  }

  /** @param aside changes all the time, and is no reason for a new line */
  show(text: string, aside: string): void {
    const line = oneLine(`… ${text} (${aside})`);
    if (this.#output.isTTY) {
      const width = this.#output.columns || Infinity; // of some terminals it is not known
      this.#output.write(`${ERASE}${line.slice(0, width - 1)}`);
      return;
    }
    const now = performance.now();
    if (text === this.#last || now < this.#next) return;
    this.#last = text;
    this.#next = now + STAYING;
    this.#output.write(`${line}\n`);
  }

  /** Writes a line that stays. */
  say(text: string): void {
    this.clear();
    this.#output.write(`${printable(text)}\n`);
  }

  clear(): void {
    if (this.#output.isTTY) this.#output.write(ERASE);
  }

  [Symbol.dispose](): void {
    this.clear();
  }
}
