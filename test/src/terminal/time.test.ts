import { afterEach, describe, expect, test, vi } from 'vitest';
import { dateTime, isoTime, parseTime, span } from '../../../src/terminal/time.ts';
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

describe("a notification's time", () => {
  test.for([
    ['2020-08-08T13:17:12.005-05:00', '2020-08-08T18:17:12.005Z'],
    ['2020-08-08T13:17:12.0051234+05:30', '2020-08-08T07:47:12.005Z'],
    ['2020-08-08T13:17:12.005', '2020-08-08T13:17:12.005Z'],
    ['2020-08-08T13:17:12', '2020-08-08T13:17:12.000Z'],
    ['2020-08-08T13:17:12Z', '2020-08-08T13:17:12.000Z'],
    ['2020-08-08 13:17:12Z', '2020-08-08T13:17:12.000Z'],
    [' 2020-08-08T13:17:12,5 ', undefined],
    ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59.999Z'],
    ['/Date(1596910632005)/', '2020-08-08T18:17:12.005Z'],
    ['/Date(1596910632005-0500)/', '2020-08-08T18:17:12.005Z'],
  ] as const)('%j is %s, without a zone in UTC', ([text, time]) => {
    vi.stubEnv('TZ', 'America/New_York');
    expect(isoTime(parseTime(text))).toBe(time ?? null);
    vi.unstubAllEnvs();
  });

  test.for([
    ...['0001-01-01T00:00:00', '0001-01-01T00:00:00Z', '0001-01-01T00:00:00+00:00'],
    ...[
      '0001-01-01T00:00:00.0000000Z',
      '0001-01-01T00:00:00.000',
      '0001-01-01',
      '0001-01-01 00:00:00Z',
    ],
    // In the local time of some host, or made so by a conversion.
    ...['0001-01-01T00:00:00-05:00', '0001-01-01T09:00:00+09:00', '0001-01-01T05:00:00Z'],
    ...['0000-12-31T10:00:00Z', '0000-12-31T18:00:00-06:00', '0001-01-01T12:00:00'],
    ...['/Date(-62135596800000)/', '/Date(-62135578800000-0500)/', '\\/Date(-62135596800000)\\/'],
    ...['1/1/0001 12:00:00 AM', '01/01/0001 00:00:00', '01.01.0001 00:00:00', '1/1/1 0:00'],
    ...['Mon, 01 Jan 0001 00:00:00 GMT', '-62135596800', '-62135596800000', '0', 'null'],
  ])('%j is not set', (text) => {
    expect(parseTime(text)).toBeUndefined();
  });

  test.for([
    ...['', ' ', '5', '12', '2020', 'yesterday', '2020-02-30T00:00:00Z', '2020-08-08T25:00:00Z'],
    ...['/Date(8640000000000001)/', '/Date()/', '+275760-09-13T00:00:00Z', '8/8/2020 1:17:12 PM'],
  ])('%j is no time', (text) => {
    expect(parseTime(text)).toBeUndefined();
  });
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
