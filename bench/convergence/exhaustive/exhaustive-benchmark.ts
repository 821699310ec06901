import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { NEWEST_BY, type NewestBy } from '../../../src/shared/setting-values.ts';
import { withBar } from '../../../src/terminal/progress.ts';
import type { Report } from '../../benchmarks.ts';
import { runChildProcess } from '../../child-process.ts';
import type { Bounds } from './search-world.ts';
import type { Found, Task } from './search-world-process.ts';
import { WORLDS } from './worlds.ts';

const PROCESS = join(import.meta.dirname, 'search-world-process.ts');

const BOUNDS: Bounds = { invocations: 3, losses: 2 };

export const about = `\`npm run bench -- convergence --exhaustive\` does not choose what happens next by a seed. In small worlds of three
notifications of one or two tasks, it tries everything that can happen, depth first. The invocations are the function's
own code; the table is in memory, and a test holds it against DynamoDB Local. The bounds:

- up to ${BOUNDS.invocations} concurrent invocations, each with any of the notifications, each notification in at least one of them
- their requests in any order and, within a request, its keys and statements in any order
- eventually consistent reads answer with any state that the row has had, or none
- each invocation is killed at any of its writes, at its end, or not at all
- of each invocation, all entries of the history are written, or one is refused, or it is killed before
- the answer to any request gets lost, up to ${BOUNDS.losses} times in a schedule
- what was still under way then happens at any later time, or never
- what was not acknowledged is delivered once more

In the end, the history must have one entry for each message, and no row may be written before the entry of its
notification.

A **situation** that many schedules pass through is followed once, and counted for each of them. A schedule that leaves
a row or the history wrong is a problem: its steps are printed, and the exit code is 1.`;

/** Searches all worlds, by both orders, one on each core. */
export async function run(signal: AbortSignal): Promise<Report> {
  const tasks: Task[] = WORLDS.flatMap(({ name }) =>
    NEWEST_BY.map((newestBy) => ({ world: name, newestBy, bounds: BOUNDS })),
  );
  const all = await withBar('worlds', tasks.length, (onDone) => {
    const search = async (task: Task): Promise<Searched> => {
      const [found] = await runChildProcess<Found>(PROCESS, { task, signal });
      onDone(1);
      return { ...task, ...(found as Found) };
    };
    return mapConcurrently(tasks, availableParallelism(), search);
  });
  return report(all);
}

/** What was found in a world. */
export interface Searched extends Found {
  readonly world: string;
  readonly newestBy: NewestBy;
}

export function report(all: readonly Searched[]): Report {
  const sum = (of: 'all' | 'wrong') => all.reduce((total, each) => total + BigInt(each[of]), 0n);
  const count = (number: bigint | string) => BigInt(number).toLocaleString('en-US');
  return {
    blocks: [
      {
        title: `${count(sum('all'))} schedules, of which ${count(sum('wrong'))} leave a row or the history wrong`,
        rows: all.map((each) => ({
          'three notifications': each.world,
          'newest by': each.newestBy,
          'ways to deliver them': each.deliveries,
          schedules: count(each.all),
          situations: each.situations,
          wrong: Number(each.wrong),
        })),
      },
    ],
    problems: all.flatMap(({ world, newestBy, example }) =>
      example ? [`${world}, newest by ${newestBy}: ${example.join(', ')}.`] : [],
    ),
  };
}

/** The results of some work on each, in order, with so many at a time. */
async function mapConcurrently<T, R>(
  all: readonly T[],
  concurrency: number,
  work: (each: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const left = all.entries();
  const worker = async () => {
    for (const [index, each] of left) results[index] = await work(each);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return results;
}
