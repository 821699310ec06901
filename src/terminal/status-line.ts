import { oneLine, printable } from '../shared/printable.ts';
import { elideEnd } from './elide.ts';

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
  #isShown = false;

  constructor(output: Output = process.stderr) {
    this.#output = output;
  }

  /** The minimum time between two texts that are costly to compute, in ms. */
  get leastPause(): number {
    return this.#output.isTTY ? REWRITTEN : STAYING;
  }

  /** @param aside changes constantly, so a change does not warrant a new line in a log */
  show(text: string, aside: string): void {
    const whole = `${text} (${aside})`;
    if (this.#output.isTTY) {
      this.rewrite(whole);
      return;
    }
    const now = performance.now();
    if (text === this.#last || now < this.#next) return;
    this.#last = text;
    this.#next = now + STAYING;
    this.#output.write(`${oneLine(`… ${whole}`)}\n`);
  }

  /** Rewrites the line of a terminal. */
  rewrite(text: string): void {
    if (!this.#output.isTTY) return;
    const line = oneLine(`… ${text}`);
    const { columns } = this.#output; // 0 on some terminals
    this.#isShown = true;
    this.#output.write(`${ERASE}${columns ? elideEnd(line, columns - 1) : line}`);
  }

  /** Writes a permanent line. */
  say(text: string): void {
    this.clear();
    this.#output.write(`${printable(text)}\n`);
  }

  clear(): void {
    if (this.#isShown) this.#output.write(ERASE);
    this.#isShown = false;
  }

  [Symbol.dispose](): void {
    this.clear();
  }
}
