import { beforeEach, expect, test } from 'vitest';
import { Connection } from '../../../../../src/cli/board/state/connection.ts';
import type { Trouble } from '../../../../../src/cli/board/state/trouble.ts';

const SECOND = 1_000;
let now = 0;
let connection: Connection;
beforeEach(() => {
  now = 1_000_000;
  connection = new Connection(() => now);
});

const trouble = (lamp: Trouble['lamp']): Trouble => ({
  ...{ lamp, reason: `it is ${lamp}`, command: null, isOfCredentials: false },
});

test('it looks every four seconds, so that a row is shown within five, while someone looks, and every minute if nobody does', () => {
  expect(connection.status.lamp).toBe('connecting');
  expect(connection.answered(true)).toBe(4 * SECOND);
  expect(connection.answered(false)).toBe(60 * SECOND);
  expect(connection.status).toMatchObject({ lamp: 'live', since: now, reason: '' });
});

test('without an answer it waits longer each time, up to half a minute', () => {
  connection.answered(true);
  const begin = now;
  const pauses = Array.from({ length: 6 }, () => {
    now += 40 * SECOND;
    return connection.failed(trouble('cut off')) / SECOND;
  });
  expect(pauses).toEqual([2, 4, 8, 16, 30, 30]);
  expect(connection.status).toMatchObject({
    ...{ lamp: 'cut off', since: begin, nextTry: now + 30 * SECOND, reason: 'it is cut off' },
  });
  now += SECOND;
  expect(connection.answered(true)).toBe(4 * SECOND);
  expect(connection.status).toMatchObject({ lamp: 'live', since: now, nextTry: null });
});

test('throttled it waits longer, and returns step by step', () => {
  connection.answered(true);
  const late = Array.from({ length: 3 }, () => connection.failed(trouble('late')) / SECOND);
  expect(late).toEqual([20, 40, 60]);
  expect(connection.answered(true)).toBe(30 * SECOND);
  expect(connection.status).toMatchObject({ lamp: 'late', reason: 'it is late', nextTry: null });
  expect(connection.answered(true)).toBe(4 * SECOND);
  expect(connection.status.lamp).toBe('live');
});
