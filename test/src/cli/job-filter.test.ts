import { expect, test } from 'vitest';
import { JobFilter } from '../../../src/cli/job-filter.ts';

const JOB = {
  job: '6b067e72f6ac6ffc9125246d',
  user: 'fx-3',
  name: 'sq040_sh0310_cache [v003]',
  batch: 'sq040, night',
  department: 'fx',
  plugin: 'Houdini',
  pool: 'none',
};

test.for([
  [{}, []],
  [{ user: ['FX-3'] }, []],
  [{ user: ['fx-?', 'comp-*'] }, []],
  [{ user: ['fx'] }, ['user']],
  [{ name: ['SH0310'] }, []],
  [{ name: ['cache [v'] }, []],
  [{ name: ['sq040*'] }, []],
  [{ name: ['sh0310*'] }, ['name']],
  [{ name: ['sh0320', '_cache'] }, []],
  [{ batch: ['sq040, night'] }, []],
  [{ batch: ['sq040'], pool: ['none'] }, ['batch']],
  [{ department: ['fx'], plugin: ['maya*'], user: ['x', 'y'] }, ['user', 'plugin']],
] as const)('of %j, the job misses %j', ([options, missed]) => {
  expect(new JobFilter(options).missed(JOB)).toEqual(missed);
});

test('a job that never stopped, or without a text, fits no option, whatever the pattern', () => {
  const options = { user: ['*'], name: ['*'], pool: ['*'] };
  const all = ['user', 'name', 'pool'];
  expect(new JobFilter(options).missed(undefined)).toEqual(all);
  expect(new JobFilter(options).missed({ job: 'j' })).toEqual(all);
  expect(new JobFilter(options).missed({ name: '', user: '', pool: '' })).toEqual(all);
});

test('a worker fits one of several patterns', () => {
  const filter = new JobFilter({ worker: ['render-03?', 'ws*'] });
  expect(filter.fitsWorker('RENDER-035')).toBe(true);
  expect(filter.fitsWorker('ws-1')).toBe(true);
  expect(filter.fitsWorker('render-1')).toBe(false);
  expect(filter.fitsWorker(undefined)).toBe(false);
  expect(new JobFilter({}).fitsWorker(undefined)).toBe(true);
});
