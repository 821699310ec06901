import { expect, test } from 'vitest';
import { summarize, summarizeRatio } from '../../bench/figure.ts';
import { markdown } from '../../bench/markdown.ts';

test('a figure is the median and the range', () => {
  expect(summarize([10, 9, 200])).toEqual({ median: 10, min: 9, max: 200 });
  expect(summarize([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 });
});

test('a ratio is taken round by round', () => {
  expect(summarizeRatio([2, 40, 6], [1, 10, 2])).toEqual({ median: 3, min: 2, max: 4 });
});

test('a table shows three significant digits, and all digits before the point', () => {
  const rows = [
    { side: 'ours', ratio: { median: 0.4754, min: 0, max: 2 }, us: 1_234.5, 'GB-s': 0.000_167_6 },
  ];
  expect(markdown({ title: 'Speed', rows })).toBe(`Speed:

| side |       ratio |    us |     GB-s |
| :--- | ----------: | ----: | -------: |
| ours | 0.475 (0-2) | 1,235 | 0.000168 |`);
});

test('columns of text are aligned to the left, figures and amounts of money to the right', () => {
  const rows = [
    { line: 'writes', cost: '$0.63', price: '$0.625 a million', plot: '██' },
    { line: 'total', cost: '$1,010.24', price: '', plot: '█░' },
  ];
  expect(markdown({ title: 'Cost', rows })).toContain(
    '| :----- | --------: | :--------------- | :--- |',
  );
  expect(markdown('- a list')).toBe('- a list');
});
