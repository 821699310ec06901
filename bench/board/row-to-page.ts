import { setTimeout } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { Random } from '../../src/local/farm/random.ts';
import { type FarmNotification, simulateFarm } from '../../src/local/farm/simulate-farm.ts';
import type { Transition } from '../../src/shared/history-entry.ts';
import { withBar } from '../../src/terminal/progress.ts';
import { openBrowser } from '../../test/support/browser.ts';
import type { Report } from '../benchmarks.ts';
import { BoardTables } from './board-tables.ts';
import { distribution } from './delays.ts';
import { ServedBoard } from './served-board.ts';
import { asTold, jobOf, type Told, toldByFeed } from './told-by-feed.ts';

const MINUTE = 60_000;
/** Bursts that are stored, and the least and the longest time from one to the next, in ms. */
const BURSTS = 120;
const [LEAST_PAUSE, LONGEST_PAUSE] = [1_000, 3_000];
/** How long is waited for the last, in ms. */
const PATIENCE = 15_000;

const SEED = 1;
/** Nights of which the jobs that stop are, with names that the page does not know. */
const OTHER_NIGHTS = [2, 3, 4, 5, 6];

/**
 * Measures the time from when a row is written until a client of the feed has its transition, and until the page in a
 * browser has its job.
 */
export async function rowToPage(endpoint: string, signal: AbortSignal): Promise<Report> {
  using tables = await BoardTables.create(endpoint, signal);
  using board = await ServedBoard.start(tables.at);
  await using browser = await openBrowser();
  const page = await browser.newPage();
  await page.addInitScript(noteJobs);
  await page.goto(board.url);
  await page.getByText('Nothing has come yet').waitFor();

  const arrived = new Map<Told, number>();
  let doubled = 0;
  const client = new WebSocket(`${board.url.replace('http', 'ws')}/feed`);
  client.on('message', (data) => {
    const told = asTold(JSON.parse(String(data)) as Transition);
    if (arrived.has(told)) doubled += 1;
    arrived.set(told, Date.now());
  });
  await setTimeout(1_000, undefined, { signal }); // until it has begun

  const all: FarmNotification[] = [];
  const written = new Map<Told, number>();
  const jobs = new Map<string, number>();
  const random = new Random(SEED);
  await withBar('bursts', BURSTS, async (onDone) => {
    for (const burst of bursts()) {
      await setTimeout(random.int(LEAST_PAUSE, LONGEST_PAUSE), undefined, { signal });
      const sent = Date.now();
      const now = burst.map((each) => ({ ...each, sent }));
      const [stop] = now;
      if (stop) jobs.set(jobOf(stop), sent);
      for (const told of toldByFeed(now)) written.set(told, sent);
      await tables.store(now);
      all.push(...now);
      onDone(1);
    }
  });
  // Without those that another minute replaced before a look.
  const told = toldByFeed(all);
  const lost = () => told.difference(new Set(arrived.keys())).size;
  for (const end = Date.now() + PATIENCE; lost() > 0 && Date.now() < end; ) {
    await setTimeout(100, undefined, { signal });
  }
  await setTimeout(2_000, undefined, { signal }); // the page asks once a second
  const shown = new Map(await page.evaluate(() => [...jobsShown]));
  client.terminate();

  const unseen = [...jobs.keys()].filter((job) => !shown.has(job)).length;
  return {
    blocks: [
      {
        title: 'From when a row is written, in seconds',
        rows: [
          { until: 'a client of the feed has it', ...distribution(delays(written, arrived)) },
          { until: 'the page has it', ...distribution(delays(jobs, shown)) },
        ],
      },
    ],
    problems: [
      ...(lost() > 0 ? [`The feed did not give ${lost()} of ${told.size} transitions.`] : []),
      ...(doubled > 0 ? [`The feed gave ${doubled} transitions twice.`] : []),
      ...(unseen > 0 ? [`The page did not show ${unseen} of ${jobs.size} jobs.`] : []),
    ],
  };
}

/** The minutes of a night, one after another, each with a job that stops besides. */
function bursts(): FarmNotification[][] {
  const end = Date.now();
  const night = simulateFarm({ seed: SEED, end });
  const stops = OTHER_NIGHTS.flatMap((seed) => simulateFarm({ seed, end })).filter(
    ({ body }) => 'JobDetails' in body,
  );
  const minutes = [...Map.groupBy(night, ({ sent }) => Math.floor(sent / MINUTE)).values()];
  return minutes
    .slice(0, BURSTS)
    .map((minute, index) => [...stops.slice(index, index + 1), ...minute]);
}

function delays(from: ReadonlyMap<string, number>, to: ReadonlyMap<string, number>): number[] {
  return [...from].flatMap(([key, time]) => {
    const end = to.get(key);
    return end === undefined ? [] : [end - time];
  });
}

/** In the browser: when a link to a job was first on the page, by its id. */
declare const jobsShown: Map<string, number>;

function noteJobs(): void {
  const shown = new Map<string, number>();
  Object.assign(globalThis, { jobsShown: shown });
  const note = () => {
    for (const { href } of document.querySelectorAll('a')) {
      const id = new URL(href, location.href).searchParams.get('id');
      if (id !== null && !shown.has(id)) shown.set(id, Date.now());
    }
  };
  // After it is painted.
  const later = () => requestAnimationFrame(() => globalThis.setTimeout(note));
  new MutationObserver(later).observe(document, { childList: true, subtree: true });
}
