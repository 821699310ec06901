import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { HistoryEntries } from '../src/cli/aws/history-entries.ts';
import { NotificationRows } from '../src/cli/aws/notification-rows.ts';
import type { StackOutputs } from '../src/cli/aws/stack-outputs.ts';
import { loadPage } from '../src/cli/board/page-bundle.ts';
import { startBoardServer } from '../src/cli/board/server/board-server.ts';
import { BoardState } from '../src/cli/board/state/board-state.ts';
import { explain } from '../src/cli/explain.ts';
import { loadFarm } from '../src/local/farm/load-farm.ts';
import { simulateFarm } from '../src/local/farm/simulate-farm.ts';
import { startLocalDeployment } from '../src/local/local-deployment.ts';
import { resourceNames } from '../src/shared/resource-names.ts';
import { runCommand } from '../src/terminal/command.ts';
import { openBrowser } from '../test/support/browser.ts';

const DOCS = join(import.meta.dirname, '..', 'docs');
/** The morning after the night, and when the pictures are taken: 07:43:55 in New York. */
const END = Date.parse('2026-11-24T12:42:09Z');
const NOW = END + 106_000;
/** Until when the reader saw the rows at the last visit. */
const SEEN = Date.parse('2026-11-24T06:00:00Z');
const SEED = 1;
/** What such a night takes, as docs/cost.md has it: here, the board looks only when it is asked. */
const UNITS_PER_HOUR = 7349;

const NAMES = resourceNames();

const WIDE: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
const PHONE: BrowserContextOptions = {
  ...{ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true },
};

process.env.POWERTOOLS_LOG_LEVEL = 'ERROR';
process.env.POWERTOOLS_METRICS_DISABLED = 'true';

/** Draws the pictures of the board in the documentation: a made-up night, the same each time. */
await runCommand(async (signal) => {
  await using local = await startLocalDeployment({
    ...{ sqsPort: 0, dynamoDbPort: 0, history: 'all', signal },
    delivery: { visibilityTimeout: 30, maxReceiveCount: 5 },
  });
  await loadFarm(simulateFarm({ seed: SEED, end: END }), local.handler, signal);
  const stack = {
    ...{ JobTableName: local.jobTableName, TaskTableName: local.taskTableName },
    ...{ HistoryTableName: NAMES.historyTable, HistoryDays: 30, History: 'all', Rendering: 'on' },
    QueueUrl: `https://sqs.us-east-1.amazonaws.com/111122223333/${NAMES.name}`,
  } as unknown as StackOutputs;
  const dynamoDb = new DynamoDBClient({
    ...{ region: 'us-east-1', endpoint: local.dynamoDbEndpoint },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const now = () => NOW;
  await using state = new BoardState({
    ...{ stack, stackName: NAMES.name, region: 'us-east-1', now },
    rows: new NotificationRows(dynamoDb, stack, signal, now),
    history: new HistoryEntries(dynamoDb, stack, signal, now),
    unitsPerHour: () => UNITS_PER_HOUR,
    sleep: never,
  });
  const { failedJobs } = await state.farm(12);
  const failed = failedJobs.toSorted((a, b) => (b.tasks ?? 0) - (a.tasks ?? 0))[0];
  await using server = await startBoardServer({ state, page: await loadPage(), port: 0 });
  await using browser = await openBrowser();
  const job = `/job?id=${failed?.job}#task=${failed?.failedTasks[0]}`;
  for (const [name, path, options] of [
    ['overview', '/', WIDE],
    ['overview-dark', '/', { ...WIDE, colorScheme: 'dark' }],
    ['job', job, WIDE],
    ['job-dark', job, { ...WIDE, colorScheme: 'dark' }],
    ['statistics', '/statistics', WIDE],
    ['statistics-dark', '/statistics', { ...WIDE, colorScheme: 'dark' }],
    ['phone', '/', PHONE],
  ] as const) {
    const picture = await pictureOf(browser, server.url + path, options);
    await writeFile(join(DOCS, `board-${name}.webp`), picture);
    console.log(`docs/board-${name}.webp: ${Math.round(picture.length / 1000)} KB`);
  }
  return 0;
}, explain);

/** A page as it is once all is read, while its clock stands still. */
async function pictureOf(
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
): Promise<Buffer> {
  const context = await browser.newContext({
    ...{ timezoneId: 'America/New_York', reducedMotion: 'reduce' },
    ...options,
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  await page.addInitScript((seen) => {
    localStorage.setItem('board:seen', seen);
    performance.now = () => 0;
  }, String(SEEN));
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.locator('[data-row], [data-rove]').first().waitFor();
  const client = await context.newCDPSession(page);
  // WebP has half of the size of PNG.
  const { data } = await client.send('Page.captureScreenshot', { format: 'webp', quality: 90 });
  await context.close();
  return Buffer.from(data, 'base64');
}

function never(_ms: number, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
