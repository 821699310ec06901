import stringWidth from 'string-width';
import { beforeEach, expect, inject, test } from 'vitest';
import { always } from '../../support/function-behind-proxy.ts';
import { serviceError } from '../../support/proxy.ts';
import { stackToAsk, stoppedJob, taskIn } from '../../support/stack-to-ask.ts';
import { emptyTables, withoutIndexes } from '../../support/test-tables.ts';

const { happened, deadline, onTerminal, proxy } = await stackToAsk();

const ID = '5f15e68eb8274818a0570167';
await happened(
  [9, stoppedJob(ID, 'Failed')],
  [9, taskIn(ID, 0, 'Failed')],
  [8, stoppedJob('5f15a0000000000000000000', 'Failed')],
  [7, stoppedJob('5f15', 'Suspended')],
  [6, taskIn('6b06deb23e85c13658d3eed9', 0, 'Rendering')],
  ...Array.from(
    { length: 9 },
    (_, id) => [id, stoppedJob(`6b06many${id}`, 'Failed', { JobName: 'sq010_Comp_v003' })] as const,
  ),
  [3, stoppedJob('bare', 'Failed', { JobName: '', UserName: '' })],
  [0, stoppedJob('odd', 'Active', { JobName: 'a\nb [(*.{\\', UserName: 'x\u001b[31m' })],
  [0, stoppedJob('long', 'Failed', { JobName: `${'夜'.repeat(70)}_v001` })],
);
beforeEach(() => proxy.reset());

/** The queries of the index. */
const looks = () => proxy.calls.filter(({ input }) => 'IndexName' in input);

test.for([
  ['job', '5f15e68e', 0],
  ['job', '5f15e68eb8274818a057016', 0],
  ['job', '5f15e68e…', 0],
  ['job', `name of ${ID}`, 0],
  ['job', `NAME OF ${ID}`, 0],
  ['job', 'name of 5f15e*', 0],
  ['job', 'name of 5f15e6?eb8274818a0570167', 0],
  ['job', 'nam…f 5f15e68eb8274818a0570167', 0],
  ['tasks', '5f15e68e', 0],
  ['tasks', `Name of ${ID}`, 0],
  ['wait', '5f15e68e', 1],
  ['wait', `name Of ${ID}`, 1],
] as const)('%s %s takes the only job that fits', async ([command, given, code]) => {
  const whole = await deadline([command, ID, '--json']);
  expect(whole.code).toBe(code);
  expect(looks()).toEqual([]);
  const { stdout, stderr, code: own } = await deadline([command, given, '--json']);
  expect(stderr).toBe(command === 'wait' ? `${given} is job ${ID}.\n` : '');
  expect(stdout).toBe(whole.stdout);
  expect(own).toBe(code);
});

test('a name is any text, and one that is missing is none', async () => {
  const { stdout } = await deadline(['job', '--', 'A?b [(*.{\\']);
  expect(stdout).toMatch(/^id\todd$/m);
  expect((await deadline(['job', 'bar?'])).code).toBe(66);
});

test('a job with exactly this id comes first', async () => {
  const { stdout, stderr } = await deadline(['job', '5f15']);
  expect(stdout).toMatch(/^id\t5f15$/m);
  expect(stderr).toBe('');
  expect(looks()).toEqual([]);
});

test.for([
  ['job', 'SQ010_comp_v003'],
  ['tasks', '6b06many'],
  ['wait', 'sq010*'],
] as const)('%s %s: lists the newest of several, and does nothing', async ([command, given]) => {
  const { stdout, stderr, code } = await deadline([command, given]);
  expect(stdout).toBe('');
  const [head, first, ...others] = stderr.trimEnd().split('\n');
  expect(head).toMatch(/^9 jobs fit .*\. Give the id of one of them\. Times in GMT\+[12]\.$/);
  expect(head).toContain(` ${given}. `);
  expect(first).toMatch(/^ {2}6b06many0 {2}sq010_Comp_v003 {2}comp-1 {2}Failed {2}\d\d:\d\d$/);
  expect(others.map((line) => line.slice(0, 11))).toEqual([
    ...[1, 2, 3, 4].map((id) => `  6b06many${id}`),
    '  and 4 mor',
  ]);
  expect(others.at(-1)).toBe('  and 4 more, which stopped before');
  expect(code).toBe(64);
});

test('an id that begins so and a name that fits are several', async () => {
  await happened([1, stoppedJob('elsewhere', 'Failed', { JobName: '5f15a000' })]);
  const { stderr, code } = await deadline(['job', '5f15a000']);
  expect(stderr).toMatch(
    /^2 jobs fit 5f15a000\..*\n {2}elsewhere .*\n {2}5f15a0000000000000000000 .*\n$/,
  );
  expect(code).toBe(64);
});

test('untrusted names in that list take a line each, which fits the terminal', async () => {
  const { stderr } = await deadline(['job', '*']);
  expect(stderr).not.toContain('\u001b');
  expect(stderr.trimEnd().split('\n')).toHaveLength(7);
  expect(stderr).toMatch(/ {2}odd {8}a\?b \[\(\*\.\{\\ .* x\?\[31m {2}Deleted /);
  for (const columns of [60, 80]) {
    const { stderr } = await onTerminal(columns, ['job', '*']);
    for (const line of stderr.trimEnd().split('\n')) {
      expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    }
    expect(stderr).toMatch(/ {2}long {7}夜+…_v001 /);
  }
});

const UNHEARD = 'A job that has not stopped needs its whole id.';
test.for([
  [
    'many0xyz',
    `None of the last 16 jobs that stopped has this name, or an id that begins so. ${UNHEARD}`,
  ],
  [
    '6b06deb2',
    `None of the last 16 jobs that stopped has this name, or an id that begins so. ${UNHEARD}`,
  ],
  [
    '5f15e68',
    `None of the last 16 jobs that stopped has this name. ${UNHEARD} For the beginning of an id, give 8 characters or more.`,
  ],
  ['5f15e68eb8274818a0570168', '`deadline-notifications jobs` lists the jobs that stopped.'],
] as const)('job %s: says how far it has looked', async ([id, sentence]) => {
  const { stdout, stderr, code } = await deadline(['job', id]);
  expect(stdout).toBe('');
  expect(stderr).toContain(`There is no notification of job ${id} or its tasks. `);
  expect(stderr.endsWith(`${sentence}\n`)).toBe(true);
  expect(code).toBe(66);
});

test('wait says that nothing is known of a job, and waits for it', async () => {
  const { stdout, stderr, code } = await deadline(['wait', 'many0xyz', '--timeout', '500ms']);
  expect(stdout).toBe('');
  expect(stderr).toBe(
    'Nothing was received about job many0xyz or its tasks yet. ' +
      `None of the last 16 jobs that stopped has this name, or an id that begins so. ${UNHEARD} ` +
      'Waiting for a job with exactly this id.\n' +
      '… nothing received yet (0 s)\n' +
      'Timed out. No stop of job many0xyz was seen: nothing received yet.\n',
  );
  expect(code).toBe(124);
});

test('of a whole id of Deadline, the index is not asked', async () => {
  const id = ID.replace('5', '6');
  const { stderr } = await deadline(['wait', id, '--timeout', '300ms']);
  expect(stderr).toContain(
    `Nothing was received about job ${id} or its tasks yet. Waiting for a job with exactly this id.\n`,
  );
  expect(looks()).toEqual([]);
});

test('a job of which only tasks are known is found by its whole id', async () => {
  const { stdout, stderr } = await deadline(['tasks', '6b06deb23e85c13658d3eed9', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ task: 0, status: 'Rendering' });
  expect(stderr).toBe('');
  expect(looks()).toEqual([]);
});

test('without an index, only whole ids are known', async () => {
  const bare = await emptyTables(inject('dynamoDbEndpoint'), withoutIndexes(inject('template')));
  const { stderr, code } = await deadline(['job', '5f15e68e'], bare.environment);
  expect(stderr).toContain(
    'Only whole ids can be looked up, because the index by-time cannot be read (ValidationException: ',
  );
  expect(stderr.endsWith('). `deadline-notifications doctor` says how to fix it.\n')).toBe(true);
  expect(code).toBe(66);
});

test('an index that may not be read, or not yet, does not keep wait from waiting', async () => {
  proxy.faultOf = ({ input }) =>
    'IndexName' in input ? serviceError('AccessDeniedException') : undefined;
  const { stderr, code } = await deadline(['wait', '5f15e68e', '--timeout', '700ms']);
  expect(stderr).toContain('Only whole ids can be looked up');
  expect(stderr).toContain('AccessDeniedException: injected');
  expect(code).toBe(124);
});

test('at most ten pages of the index are read', async () => {
  const LastEvaluatedKey = {
    job_id: { S: 'a' },
    task_type: { S: 'b' },
    sent_timestamp: { N: '1' },
  };
  const Items = Array.from({ length: 100 }, (_, id) => ({ job_id: { S: `j${id}` } }));
  const body = { Items, Count: 100, ScannedCount: 100, LastEvaluatedKey };
  proxy.faultOf = ({ input }) => ('IndexName' in input ? { status: 200, body } : undefined);
  const { stderr } = await deadline(['job', 'somewhere']);
  expect(stderr).toContain('None of the last 1000 jobs that stopped has this name');
  expect(looks()).toHaveLength(10);
});

test('other errors are not hidden', async () => {
  proxy.faultOf = always('Query', serviceError('ResourceNotFoundException'));
  const { stderr, code } = await deadline(['job', '5f15e68e']);
  expect(stderr).toBe('AWS: ResourceNotFoundException: injected\n');
  expect(code).toBe(70);
});
