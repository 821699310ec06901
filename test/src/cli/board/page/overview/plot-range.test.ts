import { expect, test } from 'vitest';
import {
  barAt,
  edgesOf,
  movedRange,
  type PlotRange,
  rangeQuery,
  SLOT_MS,
} from '../../../../../../src/cli/board/page/overview/plot-range.ts';

const [FIRST, LAST] = [0, 71 * SLOT_MS];

/** The bars of a range after keys, where `+` is with Shift. */
function after(from: number, ...keys: string[]): string {
  let range: PlotRange = { anchor: from * SLOT_MS, at: from * SLOT_MS };
  for (const key of keys) {
    range = movedRange(range, key.replace('+', ''), key.startsWith('+'), FIRST, LAST) ?? range;
  }
  return edgesOf(range)
    .map((ms) => ms / SLOT_MS)
    .join('-');
}

test('keys move a range by ten minutes or an hour, and with Shift they make it longer', () => {
  expect(after(10, 'ArrowLeft')).toBe('9-10');
  expect(after(10, 'ArrowUp')).toBe('11-12');
  expect(after(10, 'PageDown')).toBe('4-5');
  expect(after(10, '+ArrowRight', '+ArrowRight')).toBe('10-13');
  expect(after(10, '+ArrowLeft', '+ArrowLeft', '+ArrowRight')).toBe('9-11');
  expect(after(10, '+End')).toBe('10-72');
  expect(after(10, '+ArrowRight', 'ArrowRight')).toBe('12-13');
  expect(after(10, 'Home', 'ArrowLeft')).toBe('0-1');
  expect(after(70, 'PageUp')).toBe('71-72');
  expect(movedRange({ anchor: 0, at: 0 }, 'x', false, FIRST, LAST)).toBeUndefined();
});

test('a range is a filter of whole bars', () => {
  const at = barAt(Date.parse('2026-11-24T01:47:12Z'));
  expect(rangeQuery({ anchor: at, at: at - SLOT_MS })).toEqual({
    since: '2026-11-24T01:30Z',
    until: '2026-11-24T01:50Z',
  });
});
