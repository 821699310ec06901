import { expect, test } from 'vitest';
import { entrySize, toEventEntry } from '../../../src/events/event-entry.ts';
import { putRequests } from '../../../src/events/put-requests.ts';
import { NO_IDS, taskTransition } from '../../support/transition-samples.ts';

const entriesOf = (count: number, job = 'j') =>
  Array.from({ length: count }, (_, task) => toEventEntry(taskTransition({ job, task }), NO_IDS));
const total = (request: readonly ReturnType<typeof toEventEntry>[]) =>
  request.reduce((sum, entry) => sum + entrySize(entry), 0);

test.for([
  [0, []],
  [1, [1]],
  [10, [10]],
  [11, [10, 1]],
  [30, [10, 10, 10]],
] as const)('%i entries are in requests of %j', ([count, sizes]) => {
  const entries = entriesOf(count);
  const requests = putRequests(entries);
  expect(requests.map((request) => request.length)).toEqual(sizes);
  expect(requests.flat()).toEqual(entries);
});

test('a request stays below 256 KB, even of entries whose text is longest as JSON', () => {
  const entries = entriesOf(20, '\u0001'.repeat(3_000));
  const requests = putRequests(entries);
  expect(requests.flat()).toEqual(entries);
  expect(requests.length).toBeGreaterThan(2);
  for (const request of requests) expect(total(request)).toBeLessThan(256 * 1_024);
});

test('a request is as full as it may be', () => {
  const [entry] = entriesOf(1);
  const rest = 256 * 1_024 - 2 * entrySize(entry as ReturnType<typeof toEventEntry>);
  const filled = (bytes: number) => [
    entry as ReturnType<typeof toEventEntry>,
    { ...entry, Detail: `${entry?.Detail}${' '.repeat(bytes)}` },
  ];
  expect(putRequests(filled(rest - 1))).toHaveLength(1);
  expect(putRequests(filled(rest))).toHaveLength(2);
});

test('an entry that is too large is alone', () => {
  const [small, ...others] = entriesOf(3);
  const large = toEventEntry(taskTransition({ reason: 'x'.repeat(300_000) }), NO_IDS);
  const requests = putRequests([small as typeof large, large, ...others]);
  expect(requests.map((request) => request.length)).toEqual([1, 1, 2]);
});
