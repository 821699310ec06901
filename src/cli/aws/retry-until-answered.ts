import { setTimeout } from 'node:timers/promises';
import { failureOf } from '../../ingest/store/failure.ts';
import { StackNotFound } from '../../shared/errors.ts';
import type { StatusLine } from '../../terminal/status-line.ts';

/** How long after one look at the job's row the next follows, in ms. A look takes one read unit for 4 KB. */
const PAUSE = 2_000;

/**
 * Asks AWS until it answers: in hours of waiting, a network may be gone for a while, and a table
 * throttled. Each kind of trouble is told once.
 */
export class Asking {
  readonly #line: StatusLine;
  readonly #signal: AbortSignal;
  readonly #told = new Set<string>();

  constructor(line: StatusLine, signal: AbortSignal) {
    this.#line = line;
    this.#signal = signal;
  }

  /** @throws what does not pass by itself, such as a missing permission */
  async answer<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        this.#signal.throwIfAborted();
        const cause = answerOf(error);
        if (cause === undefined) throw error;
        const { kind, reason } = failureOf(cause);
        if (kind !== 'busy') throw error;
        this.#tell((cause as Error).name, reason);
      }
      await this.pause();
    }
  }

  async pause(): Promise<void> {
    await setTimeout(PAUSE, undefined, { signal: this.#signal });
  }

  #tell(kind: string, reason: string): void {
    if (this.#told.has(kind)) return;
    this.#told.add(kind);
    this.#line.say(`AWS does not answer (${reason}). It is asked again until it does.`);
  }
}

/** What AWS said. Of a stack that was not found, only if it said something: the region may be none. */
function answerOf(error: unknown): unknown {
  if (!(error instanceof StackNotFound)) return error;
  const { cause } = error;
  const { httpStatusCode } =
    (cause as { $metadata?: { httpStatusCode?: number } })?.$metadata ?? {};
  return httpStatusCode === undefined ? undefined : cause;
}
