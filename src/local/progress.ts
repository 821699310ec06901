import { SingleBar } from 'cli-progress';

/** A bar on a terminal's standard error; nothing where that is no terminal. */
export interface Progress {
  /** So many more are done. */
  add(count: number): void;
  end(): void;
}

/** @param what is counted, such as `messages` */
export function startProgress(what: string, total: number): Progress {
  const bar = new SingleBar({
    format: `{bar} {value} of {total} ${what}, {eta_formatted} left`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(total, 0);
  return {
    add: (count) => bar.increment(count),
    end: () => bar.stop(),
  };
}
