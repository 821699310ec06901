import { explain } from '../../src/cli/explain.ts';
import { runCli } from '../../src/cli/program.ts';
import { exitCode } from '../../src/terminal/command.ts';

/** Runs calls of the command line one by one in a terminal, each below a line that names it. */
const [calls = '[]'] = process.argv.slice(2);
const { signal } = new AbortController();
for (const call of JSON.parse(calls) as string[][]) {
  console.log(`$ ${call.join(' ')}`);
  const interrupt = call.includes('watch') ? AbortSignal.timeout(1_500) : signal;
  await exitCode(() => runCli(call, interrupt, signal), explain, interrupt, signal);
}
