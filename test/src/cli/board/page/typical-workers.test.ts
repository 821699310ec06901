import { expect, test } from 'vitest';
import { typicalWorkers } from '../../../../../src/cli/board/page/typical-workers.ts';

const said = (...counts: number[]) => {
  const workers = counts.map((count, index) => [`render-0${index}`, count] as const);
  const { first, times, second } = typicalWorkers(workers);
  return `${first}${times > 1 ? ` ×${times}` : ''} | ${second}`;
};

test('says the machine if it is the machine, and how many if it is not', () => {
  expect(said(2, 1, 1, 1, 1, 1)).toBe('render-00 ×2 | 5 others, one each');
  expect(said(1, 1, 1, 1, 1, 1)).toBe('6 workers | one task each');
  expect(said(3, 3)).toBe('2 workers | 3 tasks each');
  expect(said(1)).toBe('render-00 | ');
  expect(said(7)).toBe('render-00 ×7 | ');
  expect(said(5, 2)).toBe('render-00 ×5 | 1 other ×2');
  expect(said(5, 1)).toBe('render-00 ×5 | 1 other');
  expect(said(5, 2, 2)).toBe('render-00 ×5 | 2 others, 2 each');
  expect(said(5, 3, 1)).toBe('render-00 ×5 | 2 others, up to 3 each');
  expect(said()).toBe('– | ');
});
