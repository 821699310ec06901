import { beforeEach, expect, inject, test } from 'vitest';
import { always } from '../../support/function-behind-proxy.ts';
import { serviceError } from '../../support/proxy.ts';
import { stackToAsk, stoppedJob, taskIn } from '../../support/stack-to-ask.ts';
import { emptyTables, withoutIndexes } from '../../support/test-tables.ts';

const { happened, deadline, proxy } = await stackToAsk();

const ID = '5f15e68eb8274818a0570167';
await happened(
  [9, stoppedJob(ID, 'Failed')],
  [9, taskIn(ID, 0, 'Failed')],
  [8, stoppedJob('5f15a0000000000000000000', 'Failed')],
  [7, stoppedJob('5f15', 'Suspended')],
  [6, taskIn('6b06deb23e85c13658d3eed9', 0, 'Rendering')],
  ...Array.from({ length: 9 }, (_, id) => [5, stoppedJob(`many${id}`, 'Failed')] as const),
);
beforeEach(() => proxy.reset());

/** The queries of the index. */
const looks = () => proxy.calls.filter(({ input }) => 'IndexName' in input);

test.for([
  ['job', '5f15e', 0],
  ['job', '5f15e68eb8274818a057016', 0],
  ['job', '5f15e68e…', 0],
  ['job', '5f15e68e...', 0],
  ['tasks', '5f15e', 0],
  ['wait', '5f15e', 1],
] as const)('%s %s takes the only job whose id begins so', async ([command, start, code]) => {
  const whole = await deadline([command, ID]);
  expect(whole.code).toBe(code);
  expect(looks()).toEqual([]);
  const { stdout, stderr, code: own } = await deadline([command, start]);
  expect(stderr).toBe(`${start} is the beginning of job ${ID}.\n`);
  expect(stdout).toBe(whole.stdout);
  expect(own).toBe(code);
});

test('a job with exactly this id comes first', async () => {
  const { stdout, stderr } = await deadline(['job', '5f15']);
  expect(stdout).toMatch(/^job +5f15$/m);
  expect(stderr).toBe('');
  expect(looks()).toEqual([]);
});

test.for(['job', 'tasks', 'wait'])('%s names some if there are several', async (command) => {
  const { stdout, stderr, code } = await deadline([command, 'many']);
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /^many is the beginning of 9 job ids: (many\d, ){5}and 4 more\. Give more of the id\.\n$/,
  );
  expect(code).toBe(66);
});

test.for([
  [
    'many0x',
    'No id of the last 12 jobs that stopped begins with it. A job that has not stopped needs its whole id.',
  ],
  [
    '6b06deb2',
    'No id of the last 12 jobs that stopped begins with it. A job that has not stopped needs its whole id.',
  ],
  ['man', 'For the beginning of an id, give 4 characters or more.'],
  ['5f15e68eb8274818a0570168', '`deadline-notifications jobs` lists the jobs that stopped.'],
] as const)('job %s: says how far it has looked', async ([id, sentence]) => {
  const { stdout, stderr, code } = await deadline(['job', id]);
  expect(stdout).toBe('');
  expect(stderr).toContain(`There is no notification of job ${id} or its tasks. `);
  expect(stderr.endsWith(`${sentence}\n`)).toBe(true);
  expect(code).toBe(66);
});

test('wait says that nothing is known of a job, and waits for it', async () => {
  const { stdout, stderr, code } = await deadline(['wait', 'many0x', '--timeout', '500ms']);
  expect(stdout).toBe('');
  expect(stderr).toBe(
    'Nothing was received about job many0x or its tasks yet. ' +
      'No id of the last 12 jobs that stopped begins with it. A job that has not stopped needs its whole id. Waiting for a job with exactly this id.\n' +
      '… nothing received yet (0 s)\n' +
      'Timed out. No stop of job many0x was seen: nothing received yet.\n',
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
  const { stderr, code } = await deadline(['job', '5f15e'], bare.environment);
  expect(stderr).toContain(
    'Only whole ids can be looked up, because the index by-time cannot be read (ValidationException: ',
  );
  expect(stderr.endsWith('). `deadline-notifications doctor` says how to fix it.\n')).toBe(true);
  expect(code).toBe(66);
});

test('an index that may not be read, or not yet, does not keep wait from waiting', async () => {
  proxy.faultOf = ({ input }) =>
    'IndexName' in input ? serviceError('AccessDeniedException') : undefined;
  const { stderr, code } = await deadline(['wait', '5f15e', '--timeout', '300ms']);
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
  const body = { Items: [], Count: 0, ScannedCount: 1_700, LastEvaluatedKey };
  proxy.faultOf = ({ input }) => ('IndexName' in input ? { status: 200, body } : undefined);
  const { stderr } = await deadline(['job', 'elsewhere']);
  expect(stderr).toContain('No id of the last 17000 jobs that stopped begins with it.');
  expect(looks()).toHaveLength(10);
});

test('other errors are not hidden', async () => {
  proxy.faultOf = always('Query', serviceError('ResourceNotFoundException'));
  const { stderr, code } = await deadline(['job', '5f15e']);
  expect(stderr).toBe('AWS: ResourceNotFoundException: injected\n');
  expect(code).toBe(70);
});
