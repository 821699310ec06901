import { expect, test } from 'vitest';
import { COLUMN_NAMES } from '../../../src/cli/column-names.ts';
import { runInProcess } from '../../support/run-cli.ts';

test.for(Object.entries(COLUMN_NAMES))('%s has the columns %j', async ([command, names]) => {
  const call = { list: ['dead-letters', 'list'], tasks: ['tasks', 'x'] }[command] ?? [command];
  const { stderr, code } = await runInProcess([...call, '--columns', 'none-of-them'], process.env);
  expect(stderr).toContain(` Columns: ${names.join(', ')}.\n`);
  expect(code).toBe(64);
  const { stdout: help } = await runInProcess([...call, '--help'], process.env);
  expect(help.replaceAll(/\s+/g, ' ')).toContain(`with commas: ${names.join(', ')} `);
});
