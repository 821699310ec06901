#!/usr/bin/env node
import { deadline } from '../src/cli/program.ts';
import { EXIT, runCommand } from '../src/terminal/command.ts';

/** What this project's code is written for; `npm run` brings it, whatever the machine has. */
const NODE = 24;

await runCommand(async (signal, output) => {
  if (Number.parseInt(process.versions.node, 10) < NODE) {
    console.error(`deadline needs Node.js ${NODE} or later; this is ${process.versions.node}.`);
    return EXIT.error;
  }
  return deadline(process.argv.slice(2), signal, output);
});
