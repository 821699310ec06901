import { join } from 'node:path';
import { explain } from '../src/cli/explain.ts';
import { runCli } from '../src/cli/program.ts';
import { loadFarm } from '../src/local/farm/load-farm.ts';
import { simulateFarm } from '../src/local/farm/simulate-farm.ts';
import { startPipeline } from '../src/local/pipeline.ts';
import { runCommand } from '../src/terminal/command.ts';
import { openBrowser } from '../test/support/browser.ts';

/** The picture: the report of a made-up night as an HTML page, against the night before. */
const PICTURE = join(import.meta.dirname, '..', 'docs', 'report.png');
const PORTS = { sqsPort: 0, dynamoDbPort: 0, cloudFormationPort: 0 };
const HOUR = 3_600_000;

process.env.POWERTOOLS_LOG_LEVEL = 'ERROR';
process.env.POWERTOOLS_METRICS_DISABLED = 'true';
process.env.TZ = 'America/New_York';

await runCommand(async (signal) => {
  const onError = (error: Error) => console.error(error.message);
  const end = new Date(Date.now() - 24 * HOUR).setHours(7, 42, 0, 0);
  await using pipeline = await startPipeline({ ...PORTS, history: 'problems', signal, onError });
  // The first of these nights is there so that the second is not the first night of all.
  for (const [seed, nightsAgo, jobs] of [
    [3, 2, 5],
    [2, 1, 20],
    [1, 0, 20],
  ] as const) {
    const night = simulateFarm({ seed, end: end - 24 * HOUR * nightsAgo, jobs });
    await loadFarm(night, pipeline.handler, signal);
  }
  process.env.AWS_ENDPOINT_URL_CLOUDFORMATION = pipeline.cloudFormationEndpoint;
  process.env.AWS_ENDPOINT_URL_DYNAMODB = pipeline.dynamoDbEndpoint;
  const until = new Date(end).toISOString();
  const page = await printed(['report', '--until', until, '--format', 'html'], signal);
  const browser = await openBrowser();
  try {
    const tab = await browser.newPage({ viewport: { width: 840, height: 600 } });
    await tab.setContent(page);
    await tab.screenshot({ path: PICTURE, fullPage: true });
  } finally {
    await browser.close();
  }
  return 0;
}, explain);

/** What a call prints to standard output. */
async function printed(call: readonly string[], signal: AbortSignal): Promise<string> {
  const { write } = process.stdout;
  let text = '';
  process.stdout.write = (chunk: string | Uint8Array) => {
    text += String(chunk);
    return true;
  };
  await runCli(call, signal, signal).finally(() => Object.assign(process.stdout, { write }));
  return text;
}
