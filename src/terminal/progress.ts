import progress, { type Options, type Params } from 'cli-progress';

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
  const bar = new progress.SingleBar({
    format: (options, params) => barLine(what, options, params),
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

/** Such as `=====----- 20 of 40 jobs, 10s left`; how long it takes is not known before something is done. */
function barLine(what: string, options: Options, params: Params): string {
  const { value, total, eta } = params;
  const bar = progress.Format.BarFormat(params.progress, options);
  const line = `${bar} ${value} of ${total} ${what}`;
  return Number.isFinite(eta) && value > 0
    ? `${line}, ${progress.Format.TimeFormat(eta, options, 5)} left`
    : line;
}
