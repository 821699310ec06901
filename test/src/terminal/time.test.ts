import { expect, test } from 'vitest';
import { span } from '../../../src/terminal/time.ts';

test.for([
  [0, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_599_999, '59 min'],
  [3_600_000, '1 h 0 min'],
  [93_900_000, '26 h 5 min'],
] as const)('%i ms is %s', ([ms, text]) => {
  expect(span(ms)).toBe(text);
});
