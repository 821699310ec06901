import { expect, test } from 'vitest';
import { clockText, daysText, dayText } from '../../../../src/alerts/render/message-clock.ts';

const at = (text: string) => Date.parse(text);
const NEW_YORK = 'America/New_York';

test.for([
  ['2026-11-25T06:47:23.632Z', '2026-11-25T06:47:23.900Z', NEW_YORK, '01:47:23 EST'],
  ['2026-11-25T00:57:25Z', '2026-11-25T00:58:23Z', NEW_YORK, '19:57:25-19:58:23 EST'],
  ['2026-11-25T00:00:00Z', '2026-11-25T00:00:00Z', 'UTC', '00:00:00 UTC'],
  ['2026-11-25T06:47:23Z', '2026-11-25T06:47:23Z', 'Asia/Kolkata', '12:17:23 GMT+5:30'],
  // Clocks go back from 02:00 to 01:00.
  ['2026-11-01T05:59:58Z', '2026-11-01T06:00:03Z', NEW_YORK, '01:59:58 EDT-01:00:03 EST'],
  ['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z', NEW_YORK, '01:30:00 EDT-01:30:00 EST'],
  // Clocks go forward from 02:00 to 03:00.
  [
    '2026-03-29T00:59:59Z',
    '2026-03-29T01:00:00Z',
    'Europe/Berlin',
    '01:59:59 GMT+1-03:00:00 GMT+2',
  ],
])('%s to %s in %s: %s', ([begin = '', end = '', timeZone = '', expected]) => {
  expect(clockText(at(begin), at(end), timeZone)).toBe(expected);
});

test('the day is that of the time zone', () => {
  expect(dayText(at('2026-11-25T00:57:25Z'), NEW_YORK)).toBe('Nov 24');
});

test.for([
  ['2026-11-25T03:10:12Z', '2026-11-25T06:40:59Z', 'from Nov 24 22:10 to Nov 25 01:40 EST'],
  ['2026-11-25T03:10:12Z', '2026-11-25T03:10:50Z', 'on Nov 24 at 22:10 EST'],
  ['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z', 'from Nov 01 01:30 EDT to Nov 01 01:30 EST'],
  ['2025-11-25T03:10:12Z', '2025-11-25T04:10:12Z', 'from 2025-11-24 22:10 to 2025-11-24 23:10 EST'],
])('%s to %s: %s', ([begin = '', end = '', expected]) => {
  const now = at('2026-11-25T08:00:00Z');
  expect(daysText(at(begin), at(end), NEW_YORK, now)).toBe(expected);
});
