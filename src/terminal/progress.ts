import { SingleBar } from 'cli-progress';

/** Prints what is being done, and every second for how long, until it ends. */
export async function withProgress<T>(what: string, work: () => Promise<T>): Promise<T> {
  const begin = Date.now();
  console.error(`… ${what}`);
  const timer = setInterval(() => {
    console.error(`… ${what} (${Math.round((Date.now() - begin) / 1_000)} s)`);
  }, 1_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/**
 * Shows a progress bar on a terminal until the work ends.
 *
 * @param what the unit, such as `messages`
 * @param work calls `onDone` with the number done since its last call
 */
export async function withBar<T>(
  what: string,
  total: number,
  work: (onDone: (count: number) => void) => Promise<T>,
): Promise<T> {
  const bar = new SingleBar({
    format: `{bar} {value} of {total} ${what}, {eta_formatted} left`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(total, 0);
  try {
    return await work((count) => bar.increment(count));
  } finally {
    bar.stop();
  }
}
