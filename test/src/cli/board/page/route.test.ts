import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  filterValues,
  jobPath,
  readRoute,
  routePath,
  withFilter,
} from '../../../../../src/cli/board/page/route.ts';

const read = (path: string) => readRoute(new URL(path, 'http://127.0.0.1:8465'));

test('the URL says the page, the filters, and the task', () => {
  const { page, parameters, task } = read('/job?id=6b06d30b&x=y#task=13');
  expect([page, [...parameters], task]).toEqual([
    'job',
    [
      ['id', '6b06d30b'],
      ['x', 'y'],
    ],
    '13',
  ]);
  expect(read('/else').page).toBeUndefined();
  expect(read('/').task).toBeUndefined();
});

test('a job of any id and a task of any name come back from their path', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (id, name) => {
      const { parameters, task } = read(jobPath(id, name));
      expect([parameters.get('id'), task]).toEqual([id, name]);
    }),
  );
});

test('any values of a filter come back from the URL, with commas and backslashes in them', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), (values) => {
      const path = routePath('jobs', withFilter(new URLSearchParams('a=b'), 'user', values));
      const { parameters } = read(path);
      expect(filterValues(parameters, 'user')).toEqual(values);
      expect(parameters.get('a')).toBe('b');
    }),
  );
});

test('commas between values stay readable', () => {
  const parameters = withFilter(new URLSearchParams(), 'department', ['fx', 'comp']);
  expect(routePath('jobs', parameters)).toBe('/jobs?department=fx,comp');
});
