import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/**
 * A process that loads a bundle, invokes it with each event from standard input, and prints the measurements as
 * the last line of its output. Not TypeScript, which would cost time and memory.
 */
const [, , bundle, time] = process.argv;

const begin = performance.now();
const { handler } = await import(pathToFileURL(bundle));
const loadTime = performance.now() - begin;

let events = '';
for await (const text of process.stdin.setEncoding('utf8')) events += text;
const answers = [];
let deadline = 0;
for (const event of JSON.parse(events)) {
  deadline = Date.now() + Number(time);
  const getRemainingTimeInMillis = () => deadline - Date.now();
  answers.push(await handler(event, { awsRequestId: '1', getRemainingTimeInMillis }));
}
const timeLeft = deadline - Date.now();
const { user, system } = process.cpuUsage();

const ran = {
  version: process.version,
  loadTime,
  answers,
  timeLeft,
  peakMemory: peakMemory(),
  cpu: (user + system) / 1_000,
};
process.stdout.write(JSON.stringify(ran), () => process.exit());

/** In MiB. Not `maxRSS` on Linux, which includes the parent's memory at the time of the fork. */
function peakMemory() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1_024;
  const [, kib] = /^VmHWM:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(kib) / 1_024;
}
