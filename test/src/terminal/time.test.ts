import { afterEach, describe, expect, test, vi } from 'vitest';
import { dateTime, isoTime, span } from '../../../src/terminal/time.ts';
import { parseTypedTime } from '../../../src/terminal/typed-time.ts';

test.for([
  [0, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_599_999, '59 min'],
  [3_600_000, '1 h'],
  [93_900_000, '26 h 5 min'],
] as const)('%i ms is %s', ([ms, text]) => {
  expect(span(ms)).toBe(text);
});

describe('a time that is shown', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test.for([
    ['Europe/Berlin', '2025-10-26T00:50:00Z', '2025-10-26 02:50:00+02:00'],
    ['Europe/Berlin', '2025-10-26T01:10:00Z', '2025-10-26 02:10:00+01:00'],
    ['America/St_Johns', '2026-11-25T20:00:00Z', '2026-11-25 16:30:00-03:30'],
    ['Asia/Kathmandu', '2026-11-25T20:00:00Z', '2026-11-26 01:45:00+05:45'],
    ['UTC', '2026-11-25T20:00:00Z', '2026-11-25 20:00:00+00:00'],
  ] as const)('in %s, %s has its offset, and reads back', ([zone, time, text]) => {
    vi.stubEnv('TZ', zone);
    expect(dateTime(Date.parse(time))).toBe(text);
    expect(parseTypedTime(text, { now: 0, utc: false })).toBe(Date.parse(time));
    expect(dateTime(Date.parse(time), true)).toBe(time.replace('T', ' '));
  });

  test.for([undefined, Number.NaN, Infinity, 8.64e15 + 1])('%d is not set', (ms) => {
    expect(dateTime(ms)).toBe('not set');
    expect(isoTime(ms)).toBeNull();
  });
});
