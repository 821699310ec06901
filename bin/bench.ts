import { createBenchProgram, type Work } from '../bench/bench-program.ts';
import { explain } from '../src/cli/explain.ts';
import { parseCall } from '../src/terminal/call.ts';
import { runCommand } from '../src/terminal/command.ts';
import { EXIT } from '../src/terminal/exit-codes.ts';

await runCommand(async (signal) => {
  let work: Work = async () => EXIT.usage;
  const program = createBenchProgram((chosen) => {
    work = chosen;
  });
  return parseCall(program) ?? (await work(signal));
}, explain);
