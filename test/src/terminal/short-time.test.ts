import { afterEach, expect, test, vi } from 'vitest';
import { dayAndTime, shortSpans, shortTimes, zoneText } from '../../../src/terminal/short-time.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const at = (text: string) => Date.parse(text);
const utc = { now: at('2026-11-25T12:42:00Z'), utc: true };

test.for([
  [
    ['2026-11-25T06:47:23Z', '2026-11-25T12:00:00Z'],
    ['06:47', '12:00'],
  ],
  [['2026-11-24T18:42:00Z'], ['18:42']],
  [
    ['2026-11-24T18:41:59Z', '2026-11-25T12:00:00Z'],
    ['Nov 24 18:41', 'Nov 25 12:00'],
  ],
  [['2026-11-05T04:12:00Z'], ['Nov 05 04:12']],
  [
    ['2025-11-21T23:10:00Z', '2026-11-25T12:00:00Z'],
    ['2025-11-21 23:10', '2026-11-25 12:00'],
  ],
  [['2026-11-27T00:00:00Z'], ['Nov 27 00:00']],
  [[], []],
] as const)('times %j are %j', ([times, texts]) => {
  expect(shortTimes(times.map(at), utc)).toEqual(texts);
});

test('a time that is not set is empty and does not change the form; to the second if wanted', () => {
  expect(shortTimes([undefined, at('2026-11-25T00:00:09Z')], utc, true)).toEqual(['', '00:00:09']);
});

test('local times are those of the time zone, which is named once', () => {
  vi.stubEnv('TZ', 'America/New_York');
  const local = { ...utc, utc: false };
  expect(shortTimes([at('2026-11-25T06:47:23Z')], local)).toEqual(['01:47']);
  expect(zoneText([at('2026-11-25T06:47:23Z')], local)).toBe('EST');
  expect(zoneText([], local)).toBe('EST');
  expect(zoneText([at('2026-11-25T06:47:23Z')], utc)).toBe('UTC');
  expect(dayAndTime(at('2026-11-23T09:12:00Z'), local)).toBe('Nov 23 at 04:12');
});

test('on the night when clocks go back, both zones are named in their order', () => {
  vi.stubEnv('TZ', 'America/New_York');
  const times = [at('2026-11-01T06:30:00Z'), undefined, at('2026-11-01T05:30:00Z')];
  const night = { now: at('2026-11-01T12:00:00Z'), utc: false };
  expect(shortTimes(times, night)).toEqual(['01:30', '', '01:30']);
  expect(zoneText(times, night)).toBe('EDT, then EST');
});

test('a span has both ends, or one if both are the same minute', () => {
  const [from, to] = [at('2026-11-25T06:43:00Z'), at('2026-11-25T06:47:59Z')];
  expect(
    shortSpans(
      [
        [from, to],
        [to, to - 30_000],
      ],
      utc,
    ),
  ).toEqual(['06:43-06:47', '06:47']);
});
