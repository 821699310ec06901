import type { Block } from './markdown.ts';

export interface Benchmark {
  /** The title of its section in the results. */
  readonly title: string;
  /** What it measures, for the command's help. */
  readonly description: string;
  /** Loads its module, including dependencies that only this benchmark needs. */
  readonly load: () => Promise<BenchmarkModule>;
}

export interface BenchmarkModule {
  /** What is compared and what to look at, in Markdown. */
  readonly about: string;
  readonly run: (signal: AbortSignal, options: BenchmarkOptions) => Promise<Report>;
}

export interface BenchmarkOptions {
  /** Only for `convergence`. */
  readonly seeds?: readonly number[];
}

/** The results of a benchmark. */
export interface Report {
  readonly blocks: readonly Block[];
  /** Problems found, one sentence each. */
  readonly problems?: readonly string[];
}

/** All benchmarks, in the order of their sections. */
export const BENCHMARKS = {
  handler: {
    title: 'The function',
    description: 'CPU and speed of the function and of alternative implementations',
    load: () => import('./handler/handler-benchmark.ts'),
  },
  parse: {
    title: 'From body to item',
    description: "time from a message's body to its item",
    load: () => import('./parse-benchmark.ts'),
  },
  start: {
    title: 'Start',
    description: "the bundle's load time, and its size by package",
    load: () => import('./start/start-benchmark.ts'),
  },
  memory: {
    title: 'Memory',
    description: 'peak memory of the function with the largest event',
    load: () => import('./memory-benchmark.ts'),
  },
  backlog: {
    title: 'A backlog',
    description: 'whether the local pipeline slows down as 100,000 notifications become rows',
    load: () => import('./backlog/backlog-benchmark.ts'),
  },
  replay: {
    title: 'Replaying dead letters',
    description: 'speed of `dead-letters replay`, compared with one page after another',
    load: () => import('./replay/replay-benchmark.ts'),
  },
  cost: {
    title: 'What it costs',
    description:
      'the cost of a notification on AWS, compared with the cheapest possible, and of a month',
    load: () => import('./cost/cost-benchmark.ts'),
  },
  watch: {
    title: 'Watching',
    description: 'what `watch` reads, and what that costs',
    load: () => import('./watch-benchmark.ts'),
  },
  statistics: {
    title: 'Statistics',
    description: 'speed and memory of `stats`, compared with a plain query of the same rows',
    load: () => import('./statistics/statistics-benchmark.ts'),
  },
  board: {
    title: 'The board',
    description: 'what the board reads, and what that costs',
    load: () => import('./board/board-benchmark.ts'),
  },
  'board-live': {
    title: 'The board live',
    description: 'the time from a row to the page, and until the page is there',
    load: () => import('./board/board-live-benchmark.ts'),
  },
  'board-day': {
    title: 'The board for a day',
    description: 'whether the memory of the board grows, with 50 clients for a day',
    load: () => import('./board/board-day-benchmark.ts'),
  },
  convergence: {
    title: 'Convergence',
    description: 'whether every row ends up as its newest notification, whatever goes wrong',
    load: () => import('./convergence/convergence-benchmark.ts'),
  },
  exhaustive: {
    title: 'Every schedule',
    description: 'the same in small worlds, for every order of events',
    load: () => import('./convergence/exhaustive/exhaustive-benchmark.ts'),
  },
} satisfies Record<string, Benchmark>;

export type BenchmarkName = keyof typeof BENCHMARKS;
export const BENCHMARK_NAMES = Object.keys(BENCHMARKS) as BenchmarkName[];
