import { expect, test } from 'vitest';
import { jobColumns } from '../../../src/cli/columns.ts';
import type { Session } from '../../../src/cli/session.ts';
import { layOut } from '../../../src/terminal/table.ts';

const session = { screen: { hasColors: false } } as unknown as Session;

test.for([
  [['6b07aaaa11', '6b07bbbb11', '6b07bbbb11'], 80, ['6b07aaaa', '6b07bbbb', '6b07bbbb']],
  [['6b07aaaa11', '6b07aaaa12', '6b07bbbb11'], 80, ['6b07aaaa11', '6b07aaaa12', '6b07bbbb11']],
  [['6b07aaaa11', '6b07aaaa12'], 30, ['6b07aaaa11', '6b07aaaa12']],
  [['', '6b07aaaa11'], 80, ['', '6b07aaaa']],
  [['6b07aaaa11'], Infinity, ['6b07aaaa11']],
] as const)('in a list, ids %j are told apart at %i columns', ([ids, width, shown]) => {
  const rows = ids.map((job) => ({ job, name: 'sq010_sh0100_beauty_v003' }));
  const { job, id } = jobColumns<(typeof rows)[number]>((row) => row, session);
  const { lines } = layOut(rows, { columns: [id, job], always: ['id', 'job'], further: [] }, width);
  expect(lines.map((line) => line.split(' ')[0])).toEqual(shown);
});
