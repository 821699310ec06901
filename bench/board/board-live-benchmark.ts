import { startDynamoDbLocal } from '../../src/local/engines/dynamodb-local.ts';
import type { Report } from '../benchmarks.ts';
import { firstLooks } from './first-look.ts';
import { rowToPage } from './row-to-page.ts';

export const about = `The board as it is served, by a process of its own, with the real clock, \`rendering\` on, and \`history\` at \`all\`.

The minutes of a made-up night are stored one after another, 1 to 3 s apart, each with a job that stops besides. A
client of the feed notes when it has each transition, and a page in Chromium when the job is on it. Time counts from
before the function's code begins to store the minute. The goal is five seconds.

Then, for nights of several sizes, the overview is asked for, and opened in Chromium, each time as for the first time.
The first answer waits for the first look, which reads all that is shown; later ones are of what is known.`;

/** Measures how soon what is stored is on the page. */
export async function run(signal: AbortSignal): Promise<Report> {
  await using local = await startDynamoDbLocal({ port: 0, shared: false, signal });
  const { blocks, problems = [] } = await rowToPage(local.endpoint, signal);
  return { blocks: [...blocks, ...(await firstLooks(local.endpoint, signal))], problems };
}
