import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { explain } from '../src/cli/explain.ts';
import { runCli } from '../src/cli/program.ts';
import { loadFarm } from '../src/local/farm/load-farm.ts';
import { simulateFarm } from '../src/local/farm/simulate-farm.ts';
import { startPipeline } from '../src/local/pipeline.ts';
import { COMMAND } from '../src/shared/resource-names.ts';
import { runCommand } from '../src/terminal/command.ts';

/** The picture: what the command line prints about a night of a made-up farm. */
const PICTURE = join(import.meta.dirname, '..', 'docs', 'session.svg');
/** The terminal's width in characters, and the size of a character and the margin in px. */
const [COLUMNS, WIDTH, HEIGHT, MARGIN] = [100, 7.8, 18, 16];

/** The SGR codes that the command line prints, and the class of what follows them. */
const CLASSES: Readonly<Record<string, string>> = {
  2: 'dim',
  31: 'red',
  32: 'green',
  33: 'yellow',
  34: 'blue',
  35: 'magenta',
};

const PORTS = { sqsPort: 0, dynamoDbPort: 0, cloudFormationPort: 0 };

const STYLE = `
text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 13px }
.call { font-weight: bold }
rect { fill: #f6f8fa } text { fill: #1f2328 } .dim { fill: #59636e }
.red { fill: #cf222e } .green { fill: #1a7f37 } .yellow { fill: #9a6700 }
.blue { fill: #0969da } .magenta { fill: #8250df }
@media (prefers-color-scheme: dark) {
  rect { fill: #151b23 } text { fill: #f0f6fc } .dim { fill: #9198a1 }
  .red { fill: #ff7b72 } .green { fill: #3fb950 } .yellow { fill: #d29922 }
  .blue { fill: #58a6ff } .magenta { fill: #bc8cff }
}
`;

process.env.FORCE_COLOR = '1';
process.env.POWERTOOLS_LOG_LEVEL = 'ERROR';
process.env.POWERTOOLS_METRICS_DISABLED = 'true';

await runCommand(async (signal) => {
  const onError = (error: Error) => console.error(error.message);
  await using pipeline = await startPipeline({ ...PORTS, signal, onError });
  await loadFarm(simulateFarm({ seed: 1, end: Date.now() }), pipeline.handler, signal);
  process.env.AWS_ENDPOINT_URL_CLOUDFORMATION = pipeline.cloudFormationEndpoint;
  process.env.AWS_ENDPOINT_URL_SQS = pipeline.sqsEndpoint;
  Object.assign(process.stdout, { isTTY: true, columns: COLUMNS });

  const failed = await printed(['jobs', '--status', 'Failed', '--limit', '1', '--json'], signal);
  const { job }: { job: string } = JSON.parse(failed[0] ?? '{}');
  const lines: string[] = [];
  for (const call of [
    ['failed', '--limit', '5'],
    ['failed', '--by', 'worker', '--limit', '3'],
    ['job', job],
  ]) {
    lines.push(`$ ${COMMAND} ${call.join(' ')}`, ...(await printed(call, signal)), '');
  }
  await writeFile(PICTURE, svg(lines.slice(0, -1)));
  return 0;
}, explain);

/** The lines that a terminal shows once a command is done: those of its progress are gone. */
async function printed(call: readonly string[], signal: AbortSignal): Promise<string[]> {
  const texts: string[] = [];
  const { log, error } = console;
  console.log = console.error = (text: string) => void texts.push(text);
  await runCli(call, signal, signal).finally(() => Object.assign(console, { log, error }));
  const lines = texts.flatMap((text) => text.split('\n'));
  return lines.filter((line) => line !== '' && !line.startsWith('… '));
}

function svg(lines: readonly string[]): string {
  const width = Math.ceil(COLUMNS * WIDTH + 2 * MARGIN);
  const height = lines.length * HEIGHT + 2 * MARGIN;
  const texts = lines.map((line, index) => {
    const call = line.startsWith('$ ') ? ' class="call"' : '';
    return `<text x="${MARGIN}" y="${MARGIN + 13 + index * HEIGHT}"${call}>${spans(line)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" xml:space="preserve">
<title>A session of ${COMMAND}</title>
<style>${STYLE}</style>
<rect width="100%" height="100%" rx="8"/>
${texts.join('\n')}
</svg>
`;
}

/** A line with its colors, where each code holds until the next. */
function spans(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what begins a code
  const [text = '', ...parts] = line.split(/\u001b\[(?=\d+m)/);
  const colored = parts.map((part) => {
    const [, code = '', rest = ''] = /^(\d+)m(.*)$/s.exec(part) ?? [];
    const name = CLASSES[code];
    return name ? `<tspan class="${name}">${escaped(rest)}</tspan>` : escaped(rest);
  });
  return escaped(text) + colored.join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
