import { expect, test } from 'vitest';
import {
  JOB_COLUMNS,
  readSort,
  sortJobs,
} from '../../../../../../src/cli/board/page/jobs/job-columns.ts';
import {
  cleared,
  fits,
  readJobFilter,
  toggled,
  valueCounts,
} from '../../../../../../src/cli/board/page/jobs/job-filter-state.ts';
import { pressedSort } from '../../../../../../src/cli/board/page/sorted-rows.ts';
import { JOBS_OF_NIGHT, stoppedAt } from '../../../../../support/board-answers.ts';

const filtered = (query: string) => {
  const filter = readJobFilter(new URLSearchParams(query));
  return JOBS_OF_NIGHT.filter((job) => fits(job, filter));
};

test('of each field one of the values has to fit, and all fields', () => {
  expect(filtered('')).toHaveLength(JOBS_OF_NIGHT.length);
  expect(filtered('status=Failed')).toHaveLength(4);
  expect(filtered('status=Failed,Suspended')).toHaveLength(5);
  expect(filtered('status=Failed&department=fx').map(({ user }) => user)).toEqual(['fx-3', 'fx-2']);
  expect(filtered('failed=yes')).toHaveLength(12);
  expect(filtered('user=nobody')).toEqual([]);
  expect(filtered('worker=render-035').map(({ name }) => name)).toEqual([
    'sq040_sh0310_cache_v003',
  ]);
});

test('a text is looked for in names and users, and at the beginning of ids', () => {
  expect(filtered('text=SLAPCOMP').every(({ name }) => name?.includes('slapcomp'))).toBe(true);
  expect(filtered('text=lookdev-1')).toHaveLength(1);
  const id = JOBS_OF_NIGHT[3]?.job ?? '';
  expect(filtered(`text=${id.slice(0, 20)}`).map(({ job }) => job)).toContain(id);
  expect(filtered('text=%20')).toHaveLength(JOBS_OF_NIGHT.length);
});

test('what is not known is a value of its own', () => {
  const jobs = [stoppedAt('01:00', { department: null }), stoppedAt('02:00', { department: '' })];
  expect(valueCounts(jobs, 'department', [])).toEqual([['–', 2]]);
  const filter = readJobFilter(new URLSearchParams('department=–'));
  expect(jobs.every((job) => fits(job, filter))).toBe(true);
});

test('values come by their number, statuses by how bad they are, and those chosen always', () => {
  expect(valueCounts(JOBS_OF_NIGHT, 'status', ['Odd'])).toEqual([
    ['Failed', 4],
    ['Suspended', 1],
    ['Deleted', 1],
    ['Completed', 18],
    ['Odd', 0],
  ]);
});

test('a span is hours, days, a time, or all; what is none is named', () => {
  const since = (query: string) => readJobFilter(new URLSearchParams(query)).since;
  expect(since('')).toEqual({ hours: 12 });
  expect(since('since=7d')).toEqual({ hours: 168 });
  expect(since('since=2026-11-24T01:40Z')).toEqual({ ms: Date.parse('2026-11-24T01:40Z') });
  expect(since('since=all')).toBe('all');
  const { unknown } = readJobFilter(new URLSearchParams('since=x&until=y&colour=red&colour=blue'));
  expect(unknown).toEqual(['colour', 'since', 'until']);
});

test('a value is chosen and given back, and clearing keeps what is no filter', () => {
  const chosen = toggled(new URLSearchParams('since=7d&x=1'), 'user', 'fx-1');
  expect(chosen.toString()).toBe('since=7d&x=1&user=fx-1');
  expect(toggled(chosen, 'user', 'fx-1').toString()).toBe('since=7d&x=1');
  expect(cleared(chosen).toString()).toBe('since=7d&x=1');
});

test('sorts by any column, what is not known last', () => {
  const jobs = [
    stoppedAt('01:00', { name: 'b10', errors: 3 }),
    stoppedAt('02:00', { name: 'b9', errors: null }),
    stoppedAt('03:00', { name: 'a', errors: 5 }),
  ];
  const names = (sort: string | null) => sortJobs(jobs, readSort(sort)).map(({ name }) => name);
  expect(names(null)).toEqual(['a', 'b9', 'b10']);
  expect(names('-errors')).toEqual(['a', 'b10', 'b9']);
  expect(names('errors')).toEqual(['b10', 'a', 'b9']);
  expect(names('name')).toEqual(['a', 'b9', 'b10']);
  expect(names('where')).toEqual(names(null));
  const errors = JOB_COLUMNS.find(({ name }) => name === 'errors');
  if (errors === undefined) throw new Error('no column of errors');
  expect(pressedSort(readSort(null), errors)).toBe('-errors');
  expect(pressedSort(readSort('-errors'), errors)).toBe('errors');
});
