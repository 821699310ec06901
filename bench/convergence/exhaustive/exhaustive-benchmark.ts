import { NEWEST_BY } from '../../../src/shared/setting-values.ts';
import { withBar } from '../../../src/terminal/progress.ts';
import type { Report } from '../../benchmarks.ts';
import { type Bounds, searchWorld } from './search-world.ts';
import { WORLDS } from './worlds.ts';

const BOUNDS: Bounds = { invocations: 3, losses: 2 };

export const about = `\`npm run bench -- convergence --exhaustive\` does not choose what happens next by a seed. In small worlds of three
notifications of one or two tasks, it tries everything that can happen, depth first. The invocations are the function's
own code; the table is in memory, and a test holds it against DynamoDB Local. The bounds:

- up to ${BOUNDS.invocations} concurrent invocations, each with any of the notifications, each notification in at least one of them
- their requests in any order and, within a request, its keys and statements in any order
- eventually consistent reads answer with any state that the row has had, or none
- each invocation is killed at any of its writes, at its end, or not at all
- the answer to any request gets lost, up to ${BOUNDS.losses} times in a schedule
- what was still under way then happens at any later time, or never
- what was not acknowledged is delivered once more

A **situation** that many schedules pass through is followed once, and counted for each of them. A schedule that leaves
a row wrong is a problem: its steps are printed, and the exit code is 1.`;

/** Searches all worlds, by both orders. */
export function run(signal: AbortSignal): Promise<Report> {
  return searchWorlds(BOUNDS, signal);
}

/** Searches all worlds within other bounds. */
export async function searchWorlds(bounds: Bounds, signal: AbortSignal): Promise<Report> {
  const searches = WORLDS.flatMap((world) =>
    NEWEST_BY.map((newestBy) => [world, newestBy] as const),
  );
  const results = await withBar('worlds', searches.length, async (onDone) => {
    const found = [];
    for (const [world, newestBy] of searches) {
      const result = await searchWorld(world, newestBy, bounds, signal);
      found.push({ world: world.name, newestBy, ...result });
      onDone(1);
    }
    return found;
  });
  const total = results.reduce((sum, { all }) => sum + all, 0n);
  const wrong = results.reduce((sum, each) => sum + each.wrong, 0n);
  return {
    blocks: [
      {
        title: `${total.toLocaleString('en-US')} schedules, of which ${wrong.toLocaleString('en-US')} leave a row wrong`,
        rows: results.map(({ world, newestBy, deliveries, all, situations, wrong }) => ({
          'three notifications': world,
          'newest by': newestBy,
          'ways to deliver them': deliveries,
          schedules: all.toLocaleString('en-US'),
          situations,
          wrong: wrong.toLocaleString('en-US'),
        })),
      },
    ],
    problems: results.flatMap(({ world, newestBy, example }) =>
      example ? [`${world}, newest by ${newestBy}: ${example.join(', ')}`] : [],
    ),
  };
}
