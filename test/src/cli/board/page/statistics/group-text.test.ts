import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  groupPath,
  groupText,
  readGrouping,
} from '../../../../../../src/cli/board/page/statistics/group-text.ts';
import type { Grouping } from '../../../../../../src/cli/statistics/grouping.ts';

beforeEach(() => {
  vi.stubEnv('TZ', 'Europe/Berlin');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const NOW = Date.parse('2026-10-26T08:00Z');
const WEEK = { hours: 168, since: Date.parse('2026-10-19T08:00Z') };
const text = (by: Grouping, group: string | null, name: string | null = null) =>
  groupText(by, { group, name }, NOW);

test('groups are named for people; hours that come twice have their offset', () => {
  expect(text('user', 'fx-3')).toBe('fx-3');
  expect(text('user', null)).toBe('–');
  expect(text('job', '6b06d30bc1a27ad300000000')).toBe('6b06d30b…0000');
  expect(text('job', '6b06d30bc1a27ad300000000', 'sq010')).toBe('sq010');
  expect(text('hour', '2026-10-25 02:00+02:00')).toBe('Oct 25, 02:00 (+02:00)');
  expect(text('hour', '2026-10-25 02:00+01:00')).toBe('Oct 25, 02:00 (+01:00)');
  expect(text('hour', '2026-10-25 03:00+01:00')).toBe('Oct 25, 03:00');
});

test.for([
  ['user', 'a,b', '/jobs?since=168h&user=a%5C,b'],
  ['department', null, '/jobs?since=168h&department=%E2%80%93'],
  ['batch', 'b', undefined],
  ['worker', 'render-01', '/workers?text=render-01&hours=168'],
  ['worker', null, undefined],
  ['job', 'x', '/job?id=x'],
  // A day of 25 hours, and the part of a day that is in the span.
  ['day', '2026-10-25', '/jobs?since=2026-10-24T22:00:00.000Z&until=2026-10-25T23:00:00.000Z'],
  ['day', '2026-10-19', '/jobs?since=2026-10-19T08:00:00.000Z&until=2026-10-19T22:00:00.000Z'],
  [
    'hour',
    '2026-10-25 02:00+01:00',
    '/jobs?since=2026-10-25T01:00:00.000Z&until=2026-10-25T02:00:00.000Z',
  ],
] as const)('by %s, %s leads to its jobs, or its own page', ([by, group, path]) => {
  expect(groupPath(by, group, WEEK)).toBe(path);
});

test('a grouping that there is not is the usual one', () => {
  expect(readGrouping(new URLSearchParams('by=artist'))).toBe('user');
  expect(readGrouping(new URLSearchParams('by=day'))).toBe('day');
});
