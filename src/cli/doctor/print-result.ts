import { styleText } from 'node:util';
import { printable } from '../../terminal/printable.ts';
import { jsonLine } from '../output.ts';
import type { Finding } from './check.ts';

/** As wide as the longest name of a step. */
const WIDTH = 'table of tasks'.length;

/** Prints what a step found: for a person with how to mend it below, or one JSON object. */
export function say({ step, ok, found, mend }: Finding, json: boolean): void {
  if (json) {
    console.log(jsonLine({ step, ok, found, mend }));
    return;
  }
  console.log(`${markOf(ok)} ${step.padEnd(WIDTH)}  ${printable(found)}`);
  if (mend !== undefined) console.log(`\n${indented(printable(mend.trimEnd()))}\n`);
}

/** In its colour, where standard output shows colours. */
function markOf(ok: boolean | undefined): string {
  if (ok === undefined) return styleText('dim', '–');
  return ok ? styleText('green', '✓') : styleText('red', '✗');
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ');
}
