import { explain } from '../../src/cli/explain.ts';
import { runCli } from '../../src/cli/program.ts';
import { exitCode } from '../../src/terminal/command.ts';

/** Runs calls of the command line one by one in a terminal, each below a line that names it. */
const [calls = '[]'] = process.argv.slice(2);
const { signal } = new AbortController();
for (const call of JSON.parse(calls) as string[][]) {
  console.log(`$ ${call.join(' ')}`);
  if (call.includes('watch')) await untilLooked((interrupt) => run(call, interrupt));
  else await run(call, signal);
}

function run(call: readonly string[], interrupt: AbortSignal): Promise<number> {
  return exitCode(() => runCli(call, interrupt, signal), explain, interrupt, signal);
}

/** Interrupts a watch when it says that it has looked, which is not printed. */
async function untilLooked(work: (interrupt: AbortSignal) => Promise<unknown>): Promise<void> {
  const looked = new AbortController();
  const { write } = process.stderr;
  process.stderr.write = (text) => {
    if (String(text).includes('live')) looked.abort();
    return true;
  };
  await work(looked.signal);
  process.stderr.write = write;
}
