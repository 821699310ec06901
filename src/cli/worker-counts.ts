import type { Cell } from '../terminal/table.ts';

/**
 * Says which workers have the most of something, such as failed tasks, and how many others have some. All
 * forms, the longest first, such as `render-035 ×2, 5 others, one each`.
 *
 * @param counts by worker
 */
export function workersText(counts: ReadonlyMap<string, number>): Cell {
  const [worst, ...others] = [...counts].sort(([, a], [, b]) => b - a);
  if (worst === undefined) return '';
  const [name, most] = worst;
  const top = most === 1 ? name : `${name} ×${most}`;
  if (others.length === 0) return top;
  const areOneEach = others.every(([, count]) => count === 1);
  if (most === 1) {
    const workers = `${counts.size} workers`;
    return [`${workers}, one task each`, `${workers}, one each`, workers];
  }
  const more = `${top}, ${others.length} ${others.length === 1 ? 'other' : 'others'}`;
  const short = [`${top}, ${others.length} more`, top];
  return areOneEach && others.length > 1 ? [`${more}, one each`, more, ...short] : [more, ...short];
}
