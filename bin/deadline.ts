#!/usr/bin/env node
import { deadline } from '../src/deadline/program.ts';
import { runCommand } from '../src/terminal/command.ts';

await runCommand((signal) => deadline(process.argv.slice(2), signal));
