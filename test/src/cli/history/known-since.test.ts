import { expect, test } from 'vitest';
import { knownSince } from '../../../../src/cli/history/known-since.ts';

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 10, 25, 12);
const at = (minutes: number) => NOON + minutes * MINUTE;

test.for([
  ['the first start is recorded a minute later', true, at(1), at(-60), undefined],
  ['the history was switched on, or raised, later', true, at(30), at(-60), at(30)],
  ['the job began before entries that are kept', true, at(30), at(20), at(30)],
  ['it has no entry, as the table is younger', true, undefined, at(20), at(20)],
  ['it has no entry, though the table is older', true, undefined, at(-60), undefined],
  ['problems: its first came later', false, at(30), at(-60), undefined],
  ['problems: the table is younger than the job', false, at(30), at(20), at(20)],
  ['problems: none, and the table is younger', false, undefined, at(20), at(20)],
  ['problems: the table is younger than what it has', false, at(30), at(40), undefined],
] as const)('%s', async ([, hasStarts, oldest, created, since]) => {
  const earliest = async () => created;
  expect(await knownSince({ hasStarts, began: NOON, oldest, earliest })).toBe(since);
  expect(await knownSince({ hasStarts, began: undefined, oldest, earliest })).toBeUndefined();
});
