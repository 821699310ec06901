/**
 * Runs the same work several times at once, and waits until all have ended, so that nothing goes on after an
 * error.
 *
 * @param work its signal aborts once another fails
 * @throws the first error
 */
export async function concurrently(
  count: number,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failure = new AbortController();
  const guarded = async () => {
    try {
      await work(failure.signal);
    } catch (error) {
      failure.abort(error);
    }
  };
  await Promise.all(Array.from({ length: count }, guarded));
  failure.signal.throwIfAborted();
}
