import { parseArgs } from 'node:util';
import { readCall, runCommand } from '../src/terminal/command.ts';
import { EXIT } from '../src/terminal/exit-codes.ts';
import { withProgress } from '../src/terminal/progress.ts';

const USAGE = `Usage: npm run cost -- [<notifications a month> ...]

Prints what the stack costs a month, and how that is reckoned.`;

const VOLUMES = ['10000', '1000000', '100000000'];

await runCommand(async () => {
  const volumes = readCall(USAGE, readVolumes);
  if (volumes === undefined) return EXIT.usage;
  const basis = await withProgress('synthesizing the stack', async () => {
    const { synthesize } = await import('../src/local/template.ts');
    const { basisOf } = await import('../bench/cost/cost-inputs.ts');
    return basisOf(await synthesize());
  });
  const { showCost } = await import('../bench/cost/monthly-cost.ts');
  console.log(showCost(basis, volumes));
  return 0;
});

function readVolumes(): number[] {
  const { positionals } = parseArgs({ allowPositionals: true });
  return (positionals.length > 0 ? positionals : VOLUMES).map(volumeOf);
}

/** All of the prices are in their first tier up to that. */
function volumeOf(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new Error(`A number of notifications is one from 1 to 9999999999, not ${text}.`);
}
