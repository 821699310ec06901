import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Memory, Order } from './board-process.ts';
import type { TablesAt } from './board-tables.ts';

/** A board that is served by a process of its own, where nothing else uses CPU or memory. */
export class ServedBoard implements Disposable {
  readonly #child: ChildProcess;
  #url = '';

  private constructor() {
    const path = join(import.meta.dirname, 'board-process.ts');
    this.#child = fork(path, { execArgv: ['--expose-gc'] });
  }

  /**
   * Starts one.
   *
   * @param now for a board that looks when it is told to: its clock, in ms since the epoch. Without it, the board has the
   *   real time, and looks by itself
   */
  static async start(tables: TablesAt, now?: number): Promise<ServedBoard> {
    const board = new ServedBoard();
    const { url } = await board.#order<{ url: string }>({ tables, now });
    board.#url = url;
    return board;
  }

  /** Such as `http://127.0.0.1:8465`. */
  get url(): string {
    return this.#url;
  }

  /** Sets the clock, and looks. */
  async look(now: number): Promise<void> {
    await this.#order({ look: now });
  }

  /** What the process holds now. */
  memory(): Promise<Memory> {
    return this.#order<Memory>({ memory: true });
  }

  async #order<Answer>(order: Order): Promise<Answer> {
    this.#child.send(order);
    const ended = new AbortController();
    const exited = once(this.#child, 'exit', { signal: ended.signal }).then(() => {
      throw new Error('The process of the board exited.');
    });
    try {
      const [answer] = await Promise.race([once(this.#child, 'message'), exited]);
      return answer;
    } finally {
      ended.abort();
      exited.catch(() => undefined);
    }
  }

  [Symbol.dispose](): void {
    this.#child.disconnect(); // it exits then
  }
}
