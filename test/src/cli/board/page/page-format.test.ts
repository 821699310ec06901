import { expect, test } from 'vitest';
import {
  age,
  count,
  counted,
  duration,
  durationInWords,
  shortId,
  when,
  zoneName,
} from '../../../../../src/cli/board/page/page-format.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const NOON = new Date(2026, 10, 24, 12, 0).getTime();

test('a duration of a column has minutes and seconds, and hours only from one on', () => {
  expect(
    [0, 499, 59_499, 59_500, 106_000, HOUR - 1, HOUR, 26_343_000, 100 * HOUR].map(duration),
  ).toEqual([
    ...['0:00', '0:00', '0:59', '1:00', '1:46', '1:00:00', '1:00:00', '7:19:03', '100:00:00'],
  ]);
  expect(duration(null)).toBe('–');
  expect(duration(-5)).toBe('0:00');
});

test('a duration of a sentence has its two largest units', () => {
  const times = [0, 106_000, 2 * MINUTE, 5 * HOUR + 55 * MINUTE + 3000, 24 * HOUR, 51 * HOUR];
  expect(times.map(durationInWords)).toEqual([
    ...['0 s', '1 min 46 s', '2 min', '5 h 55 min', '1 day', '2 days 3 h'],
  ]);
});

test('an age stands beside a time', () => {
  const past = [46 * SECOND, 12 * MINUTE, 5 * HOUR + 5 * MINUTE, 72 * HOUR, -SECOND];
  expect(past.map((ms) => age(NOON - ms, NOON))).toEqual([
    '46 s',
    '12 min',
    '5 h 05',
    '3 days',
    '0 s',
  ]);
});

test('a time of another day says which', () => {
  expect(when(NOON - HOUR, NOON)).toBe('11:00');
  expect(when(NOON - 13 * HOUR, NOON)).toBe('23:00 yesterday');
  expect(when(NOON - 48 * HOUR, NOON)).toBe('Nov 22 at 12:00');
  expect(when(new Date(2025, 0, 2, 4, 12).getTime(), NOON)).toBe('Jan 2, 2025 at 04:12');
  expect(when(null, NOON)).toBe('–');
});

test('counts have separators and the right noun', () => {
  expect(count(10_000)).toBe('10,000');
  expect(count(null)).toBe('–');
  expect([0, 1, 2].map((number) => counted(number, 'job'))).toEqual(['0 jobs', '1 job', '2 jobs']);
});

test('an id keeps its first eight characters', () => {
  expect(shortId('6b06d30bc1a2c1a2c1a27ad3')).toBe('6b06d30b…7ad3');
  expect(shortId('a-short-id')).toBe('a-short-id');
});

test('a zone is named by its city', () => {
  expect(['America/New_York', 'UTC', 'America/Argentina/Ushuaia'].map(zoneName)).toEqual([
    ...['New York', 'UTC', 'Ushuaia'],
  ]);
});
