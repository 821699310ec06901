#!/usr/bin/env node
import { explain } from '../src/cli/explain.ts';
import { runCli } from '../src/cli/program.ts';
import { runCommand } from '../src/terminal/command.ts';
import { EXIT } from '../src/terminal/exit-codes.ts';

/** What this project's code is written for; `npm run` brings it, whatever the machine has. */
const NODE = 24;

await runCommand(async (signal, output) => {
  if (Number.parseInt(process.versions.node, 10) < NODE) {
    console.error(
      `deadline-notifications needs Node.js ${NODE} or later; this is ${process.versions.node}.`,
    );
    return EXIT.software;
  }
  return runCli(process.argv.slice(2), signal, output);
}, explain);
