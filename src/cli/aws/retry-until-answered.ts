import { setTimeout } from 'node:timers/promises';
import { toFailure } from '../../ingest/store/failure.ts';
import { StackNotFound } from '../../shared/errors.ts';
import type { StatusLine } from '../../terminal/status-line.ts';

/** How long to wait before AWS is asked again, in ms. */
const PAUSE = 2_000;

/**
 * Asks AWS until it answers.
 *
 * @throws what does not pass by itself, such as a missing permission
 */
export type RetryUntilAnswered = <T>(ask: () => Promise<T>) => Promise<T>;

/**
 * In hours of waiting, a network may be gone for a while, and a table throttled.
 *
 * @param line is told of each kind of trouble, once
 */
export function retryUntilAnswered(line: StatusLine, signal: AbortSignal): RetryUntilAnswered {
  const told = new Set<string>();
  return async (ask) => {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        signal.throwIfAborted();
        const cause = awsError(error);
        if (cause === undefined) throw error;
        const { kind, reason } = toFailure(cause);
        if (kind !== 'busy') throw error;
        const { name } = cause as Error;
        if (!told.has(name))
          line.say(`AWS does not answer (${reason}). It is asked again until it does.`);
        told.add(name);
      }
      await setTimeout(PAUSE, undefined, { signal });
    }
  };
}

/** What AWS said. Of a stack that was not found, only if it said something: the region may be none. */
function awsError(error: unknown): unknown {
  if (!(error instanceof StackNotFound)) return error;
  const { cause } = error;
  const { httpStatusCode } =
    (cause as { $metadata?: { httpStatusCode?: number } })?.$metadata ?? {};
  return httpStatusCode === undefined ? undefined : cause;
}
