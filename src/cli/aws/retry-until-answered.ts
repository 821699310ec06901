import { setTimeout } from 'node:timers/promises';
import { toFailure } from '../../ingest/store/failure.ts';
import { NotReached, StackNotFound } from '../../shared/errors.ts';
import type { StatusLine } from '../../terminal/status-line.ts';
import { span } from '../../terminal/time.ts';

/** Pause between attempts, in ms. */
const PAUSE = 2_000;

/** Trouble that lasts for less is not told the end of, in ms. */
const SHORT = 60_000;

/**
 * Retries a request until AWS answers.
 *
 * @throws errors that are not transient, such as a missing permission
 */
export type RetryUntilAnswered = <T>(ask: () => Promise<T>) => Promise<T>;

/**
 * For waits of hours, in which the network may fail for a while or a table may be throttled.
 *
 * @param line shows each kind of error once, and when AWS answers again after a while
 * @param pause between two attempts, in ms
 */
export function retryUntilAnswered(
  line: StatusLine,
  signal: AbortSignal,
  pause = PAUSE,
): RetryUntilAnswered {
  const told = new Set<string>();
  return async (ask) => {
    let lost: number | undefined;
    for (;;) {
      try {
        const answer = await ask();
        const silence = lost === undefined ? 0 : performance.now() - lost;
        if (silence >= SHORT) {
          line.say(`AWS answers again, after ${span(silence)}.`);
          told.clear();
        }
        return answer;
      } catch (error) {
        lost ??= performance.now();
        signal.throwIfAborted();
        const cause = awsError(error);
        if (cause === undefined) throw error;
        const isInTheWay = cause instanceof NotReached;
        const { kind, reason } = toFailure(cause);
        if (kind !== 'busy' && !isInTheWay) throw error;
        const { name } = cause as Error;
        const problem = isInTheWay ? cause.found : `AWS does not answer (${reason}).`;
        if (!told.has(name)) line.say(`${problem} Trying again.`);
        told.add(name);
        line.rewrite(`AWS does not answer, ${span(performance.now() - lost)}`);
      }
      await setTimeout(pause, undefined, { signal });
    }
  };
}

/**
 * The AWS error behind an error. A failed stack lookup counts only if AWS answered: otherwise the region
 * may not exist.
 */
function awsError(error: unknown): unknown {
  if (!(error instanceof StackNotFound)) return error;
  const { cause } = error;
  const { httpStatusCode } =
    (cause as { $metadata?: { httpStatusCode?: number } })?.$metadata ?? {};
  return httpStatusCode === undefined ? undefined : cause;
}
