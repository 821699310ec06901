import { expect, test } from 'vitest';
import { changeText } from '../../../../src/cli/report/change-text.ts';

test.for([
  [3, 3, true, 'the same'],
  [5, 3, true, '2 more'],
  [3, 1_503, true, '1,500 fewer'],
  [3, 0, true, 'none before'],
  [0, 3, true, 'none now'],
  [0, 0, true, 'the same'],
  [118, 100, false, '18 % more'],
  [82, 100, false, '18 % less'],
  [100.2, 100, false, 'about the same'],
  [240, 100, false, '2.4 times as much'],
  [0.1, 100, false, '99 % less'],
  [null, 3, true, null],
  [3, null, false, null],
] as const)('%d after %d (a count: %s) is %s', ([now, before, isCount, expected]) => {
  expect(changeText(now, before, isCount)).toBe(expected);
});
