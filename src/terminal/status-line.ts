import { oneLine, printable } from '../shared/printable.ts';

/** The minimum time between lines in a log, in ms. */
const STAYING = 60_000;
/** The minimum time between texts that are costly to compute, on a terminal, in ms. */
const REWRITTEN = 15_000;

/** Erases the cursor's line. */
const ERASE = '\r\u001b[K';

type Output = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>;

/**
 * Shows progress until it is disposed of. On a terminal, it is one line that is rewritten, then erased at
 * the end. Elsewhere, such as in a log, it is one line per change, at most one a minute.
 */
export class StatusLine implements Disposable {
  readonly #output: Output;
  #last: string | undefined;
  #next = 0;

  constructor(output: Output = process.stderr) {
    this.#output = output;
  }

  /** The minimum time between two texts that are costly to compute, in ms. */
  get leastPause(): number {
    return this.#output.isTTY ? REWRITTEN : STAYING;
  }

  /** @param aside changes constantly, so a change does not warrant a new line in a log */
  show(text: string, aside: string): void {
    const line = oneLine(`… ${text} (${aside})`);
    if (this.#output.isTTY) {
      const width = this.#output.columns || Infinity; // unknown on some terminals
      this.#output.write(`${ERASE}${line.slice(0, width - 1)}`);
      return;
    }
    const now = performance.now();
    if (text === this.#last || now < this.#next) return;
    this.#last = text;
    this.#next = now + STAYING;
    this.#output.write(`${line}\n`);
  }

  /** Writes a permanent line. */
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
