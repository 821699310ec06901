import { afterEach, expect, test, vi } from 'vitest';
import { parseInstant } from '../../../../src/ingest/item/version.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const SECOND = BigInt(Date.UTC(2020, 7, 11, 0, 59, 40)) * 10_000n;

test.for([
  ['2020-08-11T00:59:40Z', 0n],
  ['2020-08-11T00:59:40', 0n],
  ['2020-08-11T00:59:40.1Z', 1_000_000n],
  ['2020-08-11T00:59:40.1512266Z', 1_512_266n],
  ['2020-08-11T00:59:40.1512266', 1_512_266n],
  ['2020-08-11T00:59:40.151226699Z', 1_512_266n],
  ['2020-08-11T02:29:40.1+01:30', 1_000_000n],
  ['2020-08-10T16:59:40-08:00', 0n],
] as const)('%s is %i ticks after its second, in any time zone', ([timestamp, ticks]) => {
  vi.stubEnv('TZ', 'America/Los_Angeles');
  expect(parseInstant(timestamp)).toBe(SECOND + ticks);
});

test.for([
  '',
  'yesterday',
  'at 2020-08-11T00:59:40Z',
  '2020-08-11T00:59:40Z or so',
  '2020-08-11T00:59:40.Z',
  '2020-08-11 00:59:40Z',
  '2020-08-11T00:59Z',
  '2020-13-11T00:59:40Z',
  '2020-08-11T00:59:40 PST',
])('"%s" is not a time: earlier than any, even one that is not set', (timestamp) => {
  expect(parseInstant(timestamp)).toBe(parseInstant(undefined));
  expect(parseInstant(timestamp)).toBeLessThan(parseInstant('0001-01-01T00:00:00Z'));
});
