import type { Table } from './report.ts';

/** Something that is measured on this machine, side by side with what it is compared with. */
export interface Benchmark {
  /** What it measures, for people. */
  readonly what: string;
  /** Starts what it needs, stops it, and says what it found. */
  readonly run: (signal: AbortSignal) => Promise<Table[]>;
}

/** All of them, in the order in which they run; each is loaded when it is to run. */
export const BENCHMARKS: ReadonlyMap<string, Benchmark> = new Map([
  [
    'handler',
    {
      what: "the function's CPU and speed, beside what one would otherwise write",
      run: async (signal) => (await import('./handler.ts')).handler(signal),
    },
  ],
  [
    'parse',
    {
      what: "from a message's body to its item",
      run: async () => (await import('./parse.ts')).parse(),
    },
  ],
  [
    'start',
    {
      what: 'how long the bundle takes to load, beside a bare DynamoDB client, and its size',
      run: async (signal) => (await import('./start.ts')).start(signal),
    },
  ],
  [
    'memory',
    {
      what: 'the most memory that the function takes, with the largest event',
      run: async (signal) => (await import('./memory.ts')).memory(signal),
    },
  ],
  [
    'backlog',
    {
      what: 'whether the local pipeline slows down as its tables grow, with 100,000 notifications',
      run: async (signal) => (await import('./backlog.ts')).backlog(signal),
    },
  ],
  [
    'cost',
    {
      what: 'what a notification costs on AWS, beside the cheapest possible',
      run: async (signal) => (await import('./cost.ts')).cost(signal),
    },
  ],
] satisfies [string, Benchmark][]);
