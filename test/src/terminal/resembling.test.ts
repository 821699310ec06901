import { expect, test } from 'vitest';
import { resembling } from '../../../src/terminal/resembling.ts';

const WORDS = ['Active', 'Completed', 'Deleted', 'Failed', 'Pending', 'Rendering', 'Suspended'];

test.for([
  ['Complete', 'Completed'],
  ['c', 'Completed'],
  ['comp', 'Completed'],
  ['COMPLETES', 'Completed'],
  ['Compelted', 'Completed'],
  ['Cmopleted', 'Completed'],
  ['ompleted', 'Completed'],
  ['Xompletd', 'Completed'],
  ['Completing', 'Completed'],
  ['fail', 'Failed'],
  ['fial', 'Failed'],
  ['Qomplet', 'Completed'],
  ['Faild', 'Failed'],
  ['Faield', 'Failed'],
  ['afiled', 'Failed'],
  ['Failure', 'Failed'],
  ['failed.', 'Failed'],
  ['failed suspended', 'Failed'],
  ['Rendered', 'Rendering'],
  ['Suspend', 'Suspended'],
  ['Actve', 'Active'],
])('%s resembles %s', ([word, known]) => {
  expect(resembling(word as string, WORDS)).toEqual([known]);
});

test.for([
  'Archived',
  'Canceled',
  'Done',
  'Delayed',
  'Killed',
  'Unknown',
  'Inactive',
  'Released',
  '部屋',
])('%s resembles none', (word) => {
  expect(resembling(word, WORDS)).toEqual([]);
});

test('a beginning may be that of several words', () => {
  expect(resembling('re', ['Released', 'Rendering'])).toEqual(['Released', 'Rendering']);
});
