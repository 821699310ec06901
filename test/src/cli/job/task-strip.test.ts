import { expect, test } from 'vitest';
import { taskStrip } from '../../../../src/cli/job/task-strip.ts';
import type { TaskState } from '../../../../src/cli/task-states.ts';

const LETTERS: Readonly<Record<string, TaskState>> = {
  f: 'failed',
  s: 'suspended',
  q: 'requeued',
  o: 'other',
  r: 'rendering',
  c: 'completed',
};

/** Tasks by letter; a blank is a task about which nothing was received. */
const states = (text: string) => [...text].map((letter) => LETTERS[letter]);

/** The strip by letter; a dot is where nothing came. */
function shown(text: string, total: number, most: number): [string, number] {
  const { states: all, run } = taskStrip(states(text), total, most);
  const letter = (state: TaskState) =>
    Object.keys(LETTERS).find((each) => LETTERS[each] === state) ?? '.';
  return [all.map(letter).join(''), run];
}

test.for([
  ['cfr', 3, 56, 'cfr', 1],
  ['cfr', 5, 56, 'cfr..', 1],
  ['c c', 3, 56, 'c.c', 1],
  ['', 0, 56, '', 1],
  ['', 3, 56, '...', 1],
  ['ccccfccc', 8, 4, 'ccfc', 2],
  ['ccccfccc', 8, 3, 'cfc', 3],
  ['cccccccc', 9, 3, 'cc.', 3],
  ['c crcocqcscf', 12, 6, '.roqsf', 2],
  ['fsqorc', 7, 1, 'f', 7],
  ['sqorc', 7, 1, 's', 7],
  ['f', 9e15, 56, `f${'.'.repeat(55)}`, 160_714_285_714_286],
] as const)('of the tasks %j, of %d, in %d characters: %s', ([text, total, most, strip, run]) => {
  expect(shown(text, total, most)).toEqual([strip, run]);
});

test('of 770 tasks, a character is 14', () => {
  expect(shown('c'.repeat(770), 770, 56)).toEqual(['c'.repeat(55), 14]);
});
