import { expect, test } from 'vitest';
import { historyJobId } from '../../../src/shared/history-job-id.ts';

test('the key of a job is its id; of a very long one, at most 128 bytes that tell it from others', () => {
  for (const id of ['6b067e72f6ac6ffc9125246d', 'x'.repeat(128), '夜'.repeat(42)]) {
    expect(historyJobId(id)).toBe(id);
  }
  const long = ['x'.repeat(129), 'x'.repeat(130), '夜'.repeat(500), `${'夜'.repeat(500)}!`];
  const keys = long.map(historyJobId);
  expect(new Set(keys).size).toBe(long.length);
  for (const key of keys) expect(Buffer.byteLength(key)).toBeLessThanOrEqual(128);
});
