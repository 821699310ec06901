import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SeenRows } from '../../../../src/cli/watch/seen-rows.ts';

const MINUTE = 60_000;
const LOOK_BACK = 10 * MINUTE;
const NOON = Date.UTC(2026, 10, 25, 12);

const seenAtNoon = () => new SeenRows(LOOK_BACK, () => NOON);
const row = (sent: number | undefined, status = 'Failed') => ({ job: 'a', task: 1, sent, status });

test('a version is seen once it was added, and another version of the row is not', () => {
  const seen = seenAtNoon();
  expect(seen.has(row(NOON))).toBe(false);
  seen.add(row(NOON));
  expect(seen.has(row(NOON))).toBe(true);
  expect(seen.has(row(NOON + 1))).toBe(false);
  expect(seen.has(row(NOON, 'Completed'))).toBe(false);
});

test('ten minutes before the newest are remembered, to the ms', () => {
  const seen = seenAtNoon();
  const edge = row(NOON - LOOK_BACK);
  for (const each of [edge, row(NOON - LOOK_BACK - 2 * MINUTE), row(NOON)]) seen.add(each);
  expect(seen.oldest).toBe(NOON - LOOK_BACK);
  expect(seen.has(edge)).toBe(true);
  expect(seen.size).toBe(2);
});

test('what was not seen yet has no oldest', () => {
  expect(seenAtNoon().oldest).toBe(-Infinity);
});

test('a row from the future is remembered, but is not the newest', () => {
  const seen = seenAtNoon();
  const ahead = row(NOON + 20 * 60 * MINUTE);
  seen.add(ahead);
  expect(seen.oldest).toBe(NOON - LOOK_BACK);
  seen.add(row(NOON - MINUTE));
  expect(seen.has(ahead)).toBe(true);
  expect(seen.has(row(NOON - MINUTE))).toBe(true);
});

test('a row of unknown time is remembered, and says nothing about the others', () => {
  const seen = seenAtNoon();
  seen.add(row(undefined));
  expect([seen.has(row(undefined)), seen.oldest]).toEqual([true, -Infinity]);
});

test('without an end of looking back, nothing is forgotten', () => {
  const seen = new SeenRows(Infinity, () => NOON);
  for (const sent of [0, NOON, undefined]) seen.add(row(sent));
  expect(seen.size).toBe(3);
});

test('holds no more than eleven minutes of what was added', () => {
  const sents = fc.array(fc.integer({ min: NOON - 60 * MINUTE, max: NOON }), { minLength: 1 });
  fc.assert(
    fc.property(sents, (all) => {
      const seen = seenAtNoon();
      for (const sent of all) seen.add(row(sent));
      const newest = Math.max(...all);
      const recent = new Set(all.filter((sent) => sent >= newest - LOOK_BACK - MINUTE));
      expect(seen.size).toBeLessThanOrEqual(recent.size);
    }),
  );
});
