import type { Table } from './markdown.ts';

/** Something that is measured on this machine, side by side with what it is compared with. */
export interface Benchmark {
  /** What it measures, for people. */
  readonly what: string;
  /** Its module: loaded when it is to run, as none needs what the others load. */
  readonly load: () => Promise<{ readonly run: Run }>;
}

/** Starts what a benchmark needs, stops it, and says what it found. */
type Run = (signal: AbortSignal) => Promise<Table[]>;

/** All of them, in the order in which they run. */
export const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  handler: {
    what: "the function's CPU and speed, beside what one would otherwise write",
    load: () => import('./handler/handler-benchmark.ts'),
  },
  parse: {
    what: "from a message's body to its item",
    load: () => import('./parse-benchmark.ts'),
  },
  start: {
    what: 'how long the bundle takes to load, beside a bare DynamoDB client, and its size',
    load: () => import('./start/start-benchmark.ts'),
  },
  memory: {
    what: 'the most memory that the function takes, with the largest event',
    load: () => import('./memory-benchmark.ts'),
  },
  backlog: {
    what: 'whether the local pipeline slows down as its tables grow, with 100,000 notifications',
    load: () => import('./backlog/backlog-benchmark.ts'),
  },
  cost: {
    what: 'what a notification costs on AWS, beside the cheapest possible',
    load: () => import('./cost/cost-benchmark.ts'),
  },
};
