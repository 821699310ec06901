import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseTypedTime } from '../../../src/terminal/typed-time.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** 10:30:15 in New York. */
const NOW = Date.UTC(2026, 10, 25, 15, 30, 15);

/** What a text means in a time zone. */
const timeIn = (zone: string, text: string, now = NOW, utc = false) => {
  vi.stubEnv('TZ', zone);
  return new Date(parseTypedTime(text, { now, utc })).toISOString();
};

test.for([
  ['2026-11-25', '2026-11-25T05:00:00.000Z'],
  ['2026-07-25', '2026-07-25T04:00:00.000Z'],
  ['2028-02-29', '2028-02-29T05:00:00.000Z'],
  ['2026-11-25 20:00', '2026-11-26T01:00:00.000Z'],
  ['2026-11-25   9:05', '2026-11-25T14:05:00.000Z'],
  ['2026-11-24 24:00', '2026-11-25T05:00:00.000Z'],
  ['2026-11-25T20:00:30', '2026-11-26T01:00:30.000Z'],
  ['2026-11-25 20:00:30Z', '2026-11-25T20:00:30.000Z'],
  ['2026-11-25 20:00 UTC', '2026-11-25T20:00:00.000Z'],
  ['2026-11-25t20:00:30z', '2026-11-25T20:00:30.000Z'],
  ['2026-11-25T20:00:30.1234567Z', '2026-11-25T20:00:30.123Z'],
  ['2026-11-25T20:00:30,987654321+01:00', '2026-11-25T19:00:30.987Z'], // GNU date -Ins
  ['2026-11-25T20:00:30+01:00', '2026-11-25T19:00:30.000Z'],
  ['2026-11-25T20:00:30 -0530', '2026-11-26T01:30:30.000Z'],
  ['2026-11-25 20:00 +09', '2026-11-25T11:00:00.000Z'],
  ['now', '2026-11-25T15:30:15.000Z'],
  ['today', '2026-11-25T05:00:00.000Z'],
  ['Yesterday', '2026-11-24T05:00:00.000Z'],
  ['yesterday 22:00', '2026-11-25T03:00:00.000Z'],
  ['today 02:10', '2026-11-25T07:10:00.000Z'],
  ['today 18:00', '2026-11-25T23:00:00.000Z'],
  ['today 18:00Z', '2026-11-25T18:00:00.000Z'],
  ['02:10', '2026-11-25T07:10:00.000Z'],
  ['2:10', '2026-11-25T07:10:00.000Z'],
  ['10:30', '2026-11-25T15:30:00.000Z'],
  ['10:30:15', '2026-11-25T15:30:15.000Z'],
  ['10:30:16', '2026-11-24T15:30:16.000Z'],
  ['22:00', '2026-11-25T03:00:00.000Z'],
  ['24:00', '2026-11-25T05:00:00.000Z'],
  ['15:30Z', '2026-11-25T15:30:00.000Z'],
  ['15:31Z', '2026-11-24T15:31:00.000Z'],
  ['02:10+09:00', '2026-11-24T17:10:00.000Z'],
  ['12h', '2026-11-25T03:30:15.000Z'],
  ['1h30m', '2026-11-25T14:00:15.000Z'],
  ['2 days ago', '2026-11-23T15:30:15.000Z'],
  ['99999 weeks', '1970-01-01T00:00:00.000Z'],
] as const)('in New York, %s is %s', ([text, time]) => {
  expect(timeIn('America/New_York', text)).toBe(time);
});

test.for([
  ['2026-11-25', '2026-11-25T00:00:00.000Z'],
  ['2026-11-25 20:00', '2026-11-25T20:00:00.000Z'],
  ['2026-11-25 20:00+01:00', '2026-11-25T19:00:00.000Z'],
  ['today', '2026-11-26T00:00:00.000Z'],
  ['02:10', '2026-11-25T02:10:00.000Z'],
] as const)('with --utc, %s is %s', ([text, time]) => {
  const now = Date.UTC(2026, 10, 26, 1);
  expect(timeIn('America/New_York', text, now, true)).toBe(time);
});

test.for([
  ...['', 'h', '12 o clock', '20:60', '25:00', '1:2', '2pm', '20', '2026', '2026-11'],
  ...['26-11-25', '2026-11-25T', '2026-11-25 20', '2026-11-25 25:00'],
  ...['2026-11-25 20:60', '2026-11-25 20:00:60', '2026-11-25Z', '2026-11-25T20:00+24:00'],
  ...['25.11.2026', '11/25/2026', '20261125', 'tomorrow', 'now ago', 'yesterday ago', '-1h'],
  ...['nowT20:00', 'Z', '+01:00', 'T20:00', '20:00 ago', '٢٠:٠٠'],
])('%j is no time', (text) => {
  expect(() => timeIn('America/New_York', text)).toThrow(
    'It may also be a time, such as 02:10, yesterday, or "2026-11-25 20:00".',
  );
});

test('nothing is later on a day than 24:00', () => {
  expect(() => timeIn('America/New_York', 'today 24:01')).toThrow('last time of a day is 24:00.');
});

test.for(['2026-02-30', '2026-13-01', '2026-00-10', '2027-02-29T00:00Z', '2026-11-31 10:00'])(
  '%s is no day of the calendar',
  (text) => {
    expect(() => timeIn('America/New_York', text)).toThrow('This day does not exist.');
  },
);

describe('when clocks change', () => {
  const BACK = Date.UTC(2026, 9, 25, 0, 50); // 02:50 for the first time

  test('a time that exists twice is refused, with both spellings', () => {
    expect(() => timeIn('Europe/Berlin', '2026-10-25 02:10')).toThrow(
      'The clocks went back, so this time exists twice: ' +
        'write "2026-10-25 02:10+02:00" or "2026-10-25 02:10+01:00".',
    );
    expect(timeIn('Europe/Berlin', '2026-10-25 02:10+02:00')).toBe('2026-10-25T00:10:00.000Z');
    expect(timeIn('Europe/Berlin', '2026-10-25 02:10+01:00')).toBe('2026-10-25T01:10:00.000Z');
  });

  test('with half an hour, too', () => {
    expect(() => timeIn('Australia/Lord_Howe', '2026-04-05 01:45')).toThrow(
      'write "2026-04-05 01:45+11:00" or "2026-04-05 01:45+10:30".',
    );
  });

  test('a time that was skipped is refused', () => {
    expect(() => timeIn('Europe/Berlin', '2026-03-29 02:30')).toThrow(
      'The clocks went forward, so this time does not exist.',
    );
  });

  test('a day begins with its first moment, even where midnight is skipped or exists twice', () => {
    expect(timeIn('Africa/Cairo', '2026-04-24')).toBe('2026-04-23T22:00:00.000Z');
    expect(timeIn('America/Havana', '2026-11-01')).toBe('2026-11-01T04:00:00.000Z');
  });

  test('a time of day is the last one that has passed', () => {
    expect(timeIn('Europe/Berlin', '02:10', BACK)).toBe('2026-10-25T00:10:00.000Z');
    expect(timeIn('Europe/Berlin', '02:10', BACK + 3_600_000)).toBe('2026-10-25T01:10:00.000Z');
    const forward = Date.UTC(2026, 2, 29, 9);
    expect(timeIn('Europe/Berlin', '02:30', forward)).toBe('2026-03-28T01:30:00.000Z');
  });
});

/** What clocks show in a zone, by the engine's calendar of time zones. */
const shown = (zone: string) => {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (ms: number) => format.format(ms);
};
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Cairo',
  'Pacific/Chatham',
  'UTC',
];
const MINUTE = 60_000;
const zones = fc.constantFrom(...ZONES);
/** Some are near the nights on which clocks change. */
const moments = fc
  .oneof(
    fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }),
    fc
      .tuple(
        fc.constantFrom(
          Date.UTC(2026, 9, 25, 1),
          Date.UTC(2026, 2, 29, 1),
          Date.UTC(2026, 10, 1, 6),
          Date.UTC(2026, 3, 4, 15),
          Date.UTC(2026, 3, 23, 22),
        ),
        fc.integer({ min: -180, max: 180 }),
      )
      .map(([change, minutes]) => change + minutes * MINUTE),
  )
  .map((ms) => ms - (ms % 1_000));

test('a time is the only moment at which clocks show it, or refused', () => {
  fc.assert(
    fc.property(zones, moments, fc.integer({ min: 0, max: 4 }), (zone, ms, quarters) => {
      const show = shown(zone);
      const wall = Date.parse(`${show(ms).replace(' ', 'T')}Z`) + quarters * 15 * MINUTE;
      const text = new Date(wall).toISOString().slice(0, 19).replace('T', ' ');
      const all: number[] = [];
      for (let offset = -12 * 60; offset <= 14 * 60; offset += 15) {
        const candidate = wall - offset * MINUTE;
        if (show(candidate) === text) all.push(candidate);
      }
      if (all.length === 1) {
        expect(timeIn(zone, text)).toBe(new Date(all[0] as number).toISOString());
      } else {
        expect(() => timeIn(zone, text)).toThrow(
          all.length === 0 ? 'does not exist' : 'exists twice',
        );
      }
    }),
  );
});

test('a time of day is found by going back from now, minute by minute', () => {
  fc.assert(
    fc.property(zones, moments, fc.integer({ min: 0, max: 1_439 }), (zone, now, minutes) => {
      const show = shown(zone);
      const text = new Date(minutes * MINUTE).toISOString().slice(11, 16);
      let ms = now - (now % MINUTE);
      while (show(ms).slice(11, 16) !== text) ms -= MINUTE;
      expect(timeIn(zone, text, now)).toBe(new Date(ms).toISOString());
    }),
    { numRuns: 40 },
  );
});

test('a day begins when clocks first show its date', () => {
  fc.assert(
    fc.property(zones, moments, fc.constantFrom(0, 1), (zone, now, daysAgo) => {
      const show = shown(zone);
      const today = show(now).slice(0, 10);
      const day = new Date(Date.parse(today) - daysAgo * 86_400_000).toISOString().slice(0, 10);
      const step = 15 * MINUTE;
      let ms = now - (now % step);
      while (show(ms).slice(0, 10) >= day) ms -= step;
      const begin = new Date(ms + step).toISOString();
      expect(timeIn(zone, day, now)).toBe(begin);
      expect(timeIn(zone, daysAgo === 0 ? 'today' : 'yesterday', now)).toBe(begin);
    }),
  );
});
