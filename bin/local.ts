import { explainLocal } from '../src/cli/explain.ts';
import { createLocalProgram, runLocal } from '../src/local/local-program.ts';
import { parseCall } from '../src/terminal/call.ts';
import { runCommand } from '../src/terminal/command.ts';

process.env.POWERTOOLS_METRICS_DISABLED = 'true';

const program = createLocalProgram();
await runCommand(
  async (signal) => parseCall(program) ?? runLocal(program.opts(), signal),
  explainLocal,
);
