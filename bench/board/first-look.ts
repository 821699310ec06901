import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { loadPage } from '../../src/cli/board/page-bundle.ts';
import { type FarmNotification, simulateFarm } from '../../src/local/farm/simulate-farm.ts';
import { withProgress } from '../../src/terminal/progress.ts';
import { openBrowser } from '../../test/support/browser.ts';
import { summarize } from '../figure.ts';
import type { Block, Row } from '../markdown.ts';
import { BoardTables } from './board-tables.ts';
import { ServedBoard } from './served-board.ts';

const ROUNDS = 7;
/** Jobs of a made-up night. */
const NIGHT = 40;
/** Jobs of several nights at once; of many, so many tasks each. */
const FARMS = [
  { jobs: 40, tasks: Infinity },
  { jobs: 400, tasks: Infinity },
  { jobs: 4_000, tasks: 5 },
];

/** Measures how soon the page is there, and the overview answered, for nights of several sizes. */
export async function firstLooks(endpoint: string, signal: AbortSignal): Promise<Block[]> {
  await using browser = await openBrowser();
  const rows: Row[] = [];
  for (const farm of FARMS) {
    signal.throwIfAborted();
    rows.push(
      await withProgress(`${farm.jobs} jobs`, () => firstLook(farm, endpoint, browser, signal)),
    );
  }
  return [
    { title: 'The size of the page', rows: await pageSizes() },
    { title: 'The overview, in ms', rows },
  ];
}

async function firstLook(
  { jobs, tasks }: (typeof FARMS)[number],
  endpoint: string,
  browser: Browser,
  signal: AbortSignal,
): Promise<Row> {
  const end = Date.now();
  const nights = Array.from({ length: jobs / NIGHT }, (_, index) =>
    simulateFarm({ seed: index + 1, end }),
  );
  using tables = await BoardTables.create(endpoint, signal);
  await tables.store(nights.flatMap((night) => night.filter((each) => taskOf(each) < tasks)));
  using board = await ServedBoard.start(tables.at, end);
  const ask = async () => {
    const begin = performance.now();
    const body = await (await fetch(`${board.url}/api/farm?hours=12`)).arrayBuffer();
    return { time: performance.now() - begin, bytes: body.byteLength };
  };
  const first = await ask();
  const answers = await rounds(ask);
  const pages = await rounds(() => paint(browser, board.url));
  return {
    'jobs of the night':
      tasks === Infinity ? `${jobs}` : `${jobs}, with the first ${tasks} tasks of each`,
    'first answer': first.time,
    'answer after it': summarize(answers.map(({ time }) => time)),
    'KB of the answer': first.bytes / 1_000,
    'first paint': summarize(pages.map((page) => page.painted)),
    'rows on the page': summarize(pages.map((page) => page.filled)),
  };
}

async function rounds<T>(measure: () => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let round = 0; round < ROUNDS; round += 1) all.push(await measure());
  return all;
}

/** Opens the page as for the first time. Times are from the begin of its request, in ms. */
async function paint(browser: Browser, url: string) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(noteFirstRow);
  await page.goto(url);
  await page.locator('[data-row]').first().waitFor();
  const times = await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const [first] = performance.getEntriesByName('first-contentful-paint');
    return { painted: first?.startTime ?? Number.NaN, filled: firstRow };
  });
  await context.close();
  return times;
}

async function pageSizes(): Promise<Row[]> {
  const files = [...(await loadPage())].filter(([path]) => path === '/' || path.includes('.'));
  const rows = files.map(([path, { bytes }]) => ({
    path,
    KB: bytes.byteLength / 1_000,
    'KB gzipped': gzipSync(bytes).byteLength / 1_000,
  }));
  const sum = (name: 'KB' | 'KB gzipped') => rows.reduce((total, row) => total + row[name], 0);
  return [...rows, { path: 'all', KB: sum('KB'), 'KB gzipped': sum('KB gzipped') }];
}

/** The id of a notification's task; that of a job comes before all. */
function taskOf({ body }: FarmNotification): number {
  return 'TaskDetails' in body ? body.TaskDetails.TaskID : -1;
}

/** In the browser: when the first row was on the page, in ms since its request. */
declare const firstRow: number;

function noteFirstRow(): void {
  const observer = new MutationObserver(() => {
    if (document.querySelector('[data-row]') === null) return;
    observer.disconnect();
    requestAnimationFrame(() =>
      setTimeout(() => Object.assign(globalThis, { firstRow: performance.now() })),
    );
  });
  observer.observe(document, { childList: true, subtree: true });
}
