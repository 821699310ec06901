import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { UpdateItemCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { expect, inject, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { startCloudFormationLocal } from '../../src/local/engines/cloudformation-local.ts';
import { INDEXES } from '../../src/shared/indexes.ts';
import { refusing } from '../support/refusing.ts';
import { stackToAsk, stoppedJob, taskIn } from '../support/stack-to-ask.ts';
import { emptyTables, withoutIndexes } from '../support/test-tables.ts';

const { happened, deadline, deadlineProcess, begin, outputs, proxy, client } = await stackToAsk();
await happened([1, stoppedJob('one', 'Failed')], [2, stoppedJob('two', 'Completed')]);

const COMMANDS = [
  'failed',
  'jobs',
  'job',
  'tasks',
  'rendering',
  'stats',
  'wait',
  'watch',
  'board',
  'export',
  'report',
  'dead-letters',
  'doctor',
  'send',
  'backfill-index',
  'completion',
];

test.for([
  [['jbos'], "unknown command 'jbos'"],
  [[], 'Usage: deadline-notifications [options] [command]'],
  [['jobs', 'all'], 'too many arguments'],
  [['job'], "missing required argument 'job'"],
  [['job', ''], 'Must not be empty.'],
  [['tasks', 'j', '--stat', 'Failed'], "unknown option '--stat'"],
  [['jobs', '--status'], "option '--status <status>' argument missing"],
  [['jobs', '--user', ' '], 'Must not be empty.'],
  [['jobs', '--region', ''], 'Must not be empty.'],
  [['jobs', '--stack='], 'Must not be empty.'],
  ...['', 'h', '-1h', '1 fortnight', '30m1h', 'NaN', '1e3', 'tomorrow'].flatMap(
    (text): [string[], string][] => [
      [
        ['failed', '--since', text],
        `argument '${text}' is invalid. Expected a duration, such as 90s, 30m, 1h30m, 12h, or 7d. It may also be a time, such as 02:10`,
      ],
      [
        ['wait', 'one', '--timeout', text],
        `argument '${text}' is invalid. Expected a duration, such as 90s, 30m, 1h30m, 12h, or 7d.\n`,
      ],
    ],
  ),
  [
    ['failed', '--since', '12'],
    '12 has no unit, such as 12m for minutes. It may also be a time, such as',
  ],
  [['doctor', '--timeout', '90'], "'90' is invalid. 90 has no unit, such as 90m for minutes.\n"],
  [['wait', 'one', '--timeout', '0s'], 'Must be longer than 0.'],
  [['wait', 'one', '--timeout', '25d'], 'The maximum is 24 days.'],
  [['jobs', '--until', '2026-02-30'], "option '--until <time>' argument '2026-02-30' is invalid."],
  [
    ['jobs', '--since', '2199-01-01', '--utc'],
    "argument '2199-01-01' is invalid. 2199-01-01 00:00:00Z is in the future.",
  ],
  [['failed', '--since', '2199-01-01'], '2199-01-01 00:00:00+01:00 is in the future.'],
  [['wait', 'one', '--since', '2199-01-01'], '2199-01-01 00:00:00+01:00 is in the future.'],
  [
    ['jobs', '--until', '2020-01-02 03:00', '--since', '2020-01-02 03:00', '--utc'],
    'error: --until (2020-01-02 03:00:00Z) must be after --since (2020-01-02 03:00:00Z)',
  ],
  [['failed', '--until', '13h', '--since', '12h'], ') must be after --since ('],
  [['wait', 'one', '--until', '13h'], "unknown option '--until'"],
  [
    ['jobs', '--status', 'Complete'],
    "'Complete' is invalid. There is no status Complete. Did you mean Completed? Statuses of jobs: Active, Completed, Deleted, Failed, Pending, Suspended.",
  ],
  [['jobs', '--status', 'compelted'], 'Did you mean Completed?'],
  [['jobs', '--status', 'failed, suspend'], 'There is no status suspend. Did you mean Suspended?'],
  [['jobs', '--status', 'failed', '--status', 'del'], 'Did you mean Deleted?'],
  [
    ['tasks', 'one', '--status', 'Render'],
    'Did you mean Rendering? Statuses of tasks: Completed, Failed, Pending, Queued, Rendering, Suspended.',
  ],
  ...[',', 'failed,', ',failed', 'failed,,suspended', 'failed, ,suspended'].flatMap(
    (list): [string[], string][] => [
      [['jobs', '--status', list], 'A word is missing before or after a comma.'],
      [['jobs', '--user', list], 'A word is missing before or after a comma.'],
    ],
  ),
  [['jobs', '--status', 'Fai\tled,x'], "argument 'Fai\\tled,x' is invalid. Must not contain"],
  [
    ['jobs', '--status', Array.from({ length: 101 }, (_, n) => `x${n}`).join(',')],
    'At most 100 statuses are possible.',
  ],
  [
    ['stats', '--by', 'wroker'],
    "'wroker' is invalid. There is no group wroker. Did you mean worker? Groups: user, department,",
  ],
  [
    ['stats', '--by', 'frames'],
    'There is no group frames. Groups: user, department, plugin, pool,',
  ],
  [['stats', '--since', '1d', '--until', '2d'], ') must be after --since ('],
  [['stats', '--csv', '--json'], 'Give either --csv or --json.'],
  [
    ['stats', '--by', 'job', '--sort', 'rendred'],
    'There is no column rendred. Did you mean rendering or rendered or renderOf?',
  ],
  [['wait', 'one', '--again'], "unknown option '--again'"],
  [['job', 'no\u001b[31mw\there'], "'no\\u001b[31mw\\there' is invalid for argument 'job'. "],
  [['tasks', 'one\r\ntwo'], "'one\\u000d\\ntwo' is invalid for argument 'job'. Must not contain"],
  [['wait', 'one\u0000'], 'Must not contain control characters, such as tabs or line ends.'],
  [['wait', '\u200b\r\n \u00a0\ufeff'], 'Must not be empty.'],
  [['dead-letters', 'show', 'a\tb'], "'a\\tb' is invalid for argument 'message id'. Must not"],
  [
    ['dead-letters', 'delete', 'a', 'b\u0007c'],
    "'b\\u0007c' is invalid for argument 'message id'.",
  ],
  [['jobs', '--user=a\nb'], "option '--user <text>' argument 'a\\nb' is invalid. Must not contain"],
  [['jobs', '--status', 'Fai\nled'], "option '--status <status>' argument 'Fai\\nled' is invalid."],
  [['jobs', '--status', ' '], 'Must not be empty.'],
  [['jobs', '--stack', 'a\u0085b'], "option '--stack <name>' argument 'a\\u0085b' is invalid."],
  [['jo\nbs'], "unknown command 'jo\\nbs'"],
  [['send', '--sample', 'x\ny'], "'x\\ny' is invalid. Allowed choices are job, task."],
  ...['0', '-1', '1.5', 'all', '1e9', '1000000000'].map((limit): [string[], string] => [
    ['jobs', '--limit', limit],
    `argument '${limit}' is invalid. Expected a whole number from 1 to 999999999.`,
  ]),
] as [string[], string][])('called with %j, says what is wrong', async ([args, message]) => {
  const { stdout, stderr, code } = await deadline(args);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(64);
});

test.for([
  ['job', 'one\r'],
  ['job', '\n one \r\n'],
  ['job', '\u00a0one\ufeff'],
  ['job', '\u200bone\u200e'],
  ['tasks', '\tone'],
  ['wait', 'one\u0085'],
  ['jobs', '--user', 'comp-1\r', '--limit', ' 2 ', '--since', '\t12h\n'],
  ['jobs', '--status=failed\r\n', '--stack', ' DeadlineNotifications '],
])('called with %j, takes no heed of what is around the words', async (args) => {
  const bare = args.map((arg) => (arg.startsWith('--status') ? '--status=failed' : arg.trim()));
  const clean = bare.map((arg) => arg.replace(/[\u200b\u200e\u0085]/g, ''));
  const ended = await deadline(clean);
  expect(ended.code).toBeLessThan(2); // of wait, that the job failed
  expect(await deadline(args)).toEqual(ended);
});

test.for(['ein Job', '-dash', "o'ne", '部屋', 'a/b:c?*"', '❤️', '{"a":1}', 'x'.repeat(2_048)])(
  'the job id %s is taken as it is',
  async (id) => {
    await happened([5, stoppedJob(id, 'Failed')]);
    const { stdout, stderr, code } = await deadline(['job', '--json', '--', id]);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ job: id });
    expect(code).toBe(0);
  },
);

test.for(COMMANDS)('%s --help explains it with an example', async (command) => {
  const { stdout, stderr, code } = await deadline([command, '--help']);
  expect(stdout).toContain(`Usage: deadline-notifications ${command}`);
  expect(stdout).toContain(`Examples:\n  deadline-notifications ${command}`);
  expect(stdout).toContain('--region <name>');
  expect(stderr).toBe('');
  expect(code).toBe(0);
});

test('a clone that calls it by npm is told calls by npm', async () => {
  const inClone = { npm_lifecycle_event: 'cli', npm_package_name: 'deadline-notifications' };
  const { stderr } = await deadline(['job', 'nowhere'], inClone);
  expect(stderr).toContain('`npm run -s cli -- jobs` lists the jobs that stopped.');
  for (const command of ['jobs', 'dead-letters']) {
    const { stdout } = await deadline([command, '--help'], inClone);
    expect(stdout).toContain(`Usage: npm run -s cli -- ${command} `);
    expect(stdout).toContain(`Examples:\n  npm run -s cli -- ${command}`);
  }
  expect((await deadline(['dead-letters', 'show', '--help'], inClone)).stdout).toContain(
    '  npm run -s cli -- dead-letters show ',
  );
  const ownScript = { ...inClone, npm_package_name: 'pipeline' };
  expect((await deadline(['jobs', '--help'], ownScript)).stdout).toContain(
    'Usage: deadline-notifications jobs ',
  );
});

test('--version prints the version of the package', async () => {
  const { stdout, code } = await deadline(['--version']);
  expect(stdout).toBe(`${packageJson.version}\n`);
  expect(code).toBe(0);
});

test('reports options that npm consumed, with the correct call', async () => {
  const { stdout, stderr, code } = await deadline(['jobs', 'Failed'], {
    npm_lifecycle_event: 'cli',
    npm_config_status: 'true',
  });
  expect(stdout).toBe('');
  expect(stderr).toContain('npm consumed --status. Put -- before');
  expect(stderr).toContain('npm run -s cli -- jobs --status <status>');
  expect(code).toBe(64);
  const { stderr: both } = await deadline(['jobs', 'failed', 'suspended', 'yesterday'], {
    npm_lifecycle_event: 'cli',
    npm_config_status: 'true',
    npm_config_until: 'true',
  });
  expect(both).toContain('npm run -s cli -- jobs --status <status> --until <time>');
});

test('--help lists the commands and the exit codes', async () => {
  const { stdout, code } = await deadline(['--help']);
  for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  expect(stdout).toMatch(/^ {2}124 {2}wait: timed out$/m);
  expect(code).toBe(0);
});

test.for([
  [['--stack', 'Other'], 'The stack Other was not found', 69],
  [
    ['--profile', 'nobody'],
    'No valid AWS credentials for the profile nobody (CredentialsProviderError',
    77,
  ],
] as const)('%j: says so, with its own exit code', async ([args, message, expected]) => {
  const { stdout, stderr, code } = await deadline(['jobs', ...args]);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(expected);
});

test.for(['ExpiredToken', 'InvalidClientTokenId', 'ExpiredTokenException'])(
  'credentials that AWS rejects with %s have the same exit code as missing ones',
  async (Code) => {
    using server = await refusing(Code);
    const { stderr, code } = await deadline(['jobs'], {
      AWS_ENDPOINT_URL_CLOUDFORMATION: server.endpoint,
    });
    expect(stderr).toContain(`No valid AWS credentials (${Code}`);
    expect(code).toBe(77);
  },
);

test.for([
  [['send', '--sample', 'job'], []],
  [['backfill-index'], ['BatchExecuteStatement', 'Scan']],
] as const)('%j asks of DynamoDB what docs/command-line.md says', async ([args, expected]) => {
  await happened([0, taskIn('asked', 0, 'Failed')]);
  await client.send(
    new UpdateItemCommand({
      TableName: 'DeadlineTaskNotifications',
      Key: { job_id: { S: 'asked' }, task_id: { N: '0' } },
      UpdateExpression:
        args[0] === 'backfill-index' ? 'REMOVE task_status' : 'SET touched = task_id',
    }),
  );
  proxy.reset();
  await deadline([...args]);
  const operations = new Set(proxy.calls.map(({ operation }) => operation));
  expect([...operations].sort()).toEqual(expected);
});

test('a table without an index: says how to add it', async () => {
  const bare = await emptyTables(inject('dynamoDbEndpoint'), withoutIndexes(inject('template')));
  for (const [args, table, index] of [
    [['jobs'], 'DeadlineJobNotifications', 'by-time'],
    [['failed'], 'DeadlineJobNotifications', 'by-time'],
    [['stats'], 'DeadlineJobNotifications', 'by-time'],
  ] as const) {
    const { stderr, code } = await deadline([...args], bare.environment);
    expect(stderr).toContain(`The table ${table} has no index ${index}. Deploy the stack again`);
    expect(stderr).toContain(`aws dynamodb update-table --region us-east-1 --table-name ${table} `);
    expect(code).toBe(78);
  }
  expect((await deadline(['job', 'j'], bare.environment)).code).toBe(66);
});

test('for the task table, says to add the tasks that failed earlier', async () => {
  await client.send(
    new UpdateTableCommand({
      TableName: 'DeadlineTaskNotifications',
      GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: INDEXES.failed.name } }],
    }),
  );
  const { stderr, code } = await deadline(['failed']);
  expect(stderr).toContain('The table DeadlineTaskNotifications has no index failed-by-time.');
  expect(stderr).toContain(
    'Then add the tasks that failed earlier: deadline-notifications backfill-index',
  );
  expect(code).toBe(78);
});

test('reports an index that is still being created', async () => {
  proxy.faultOf = ({ operation }) =>
    operation === 'DescribeTable'
      ? {
          change: (answer) => {
            const { Table } = answer as { Table: { GlobalSecondaryIndexes: object[] } };
            const made = Table.GlobalSecondaryIndexes.map((each) => ({
              ...each,
              IndexStatus: 'CREATING',
            }));
            return { Table: { ...Table, GlobalSecondaryIndexes: made } };
          },
        }
      : undefined;
  const { stderr, code } = await deadline(['jobs']);
  proxy.reset();
  expect(stderr).toContain(
    'The index by-time of the table DeadlineJobNotifications is still being created.',
  );
  expect(code).toBe(78);
});

test("reports a rejected request in AWS's words", async () => {
  const body = { __type: 'com.amazon.coral.service#AccessDeniedException', message: 'not you' };
  proxy.faultOf = ({ operation }) => (operation === 'Query' ? { status: 400, body } : undefined);
  const { stderr, code } = await deadline(['jobs']);
  proxy.reset();
  expect(stderr).toBe('AWS: AccessDeniedException: not you\n');
  expect(code).toBe(70);
});

test('a reader that leaves is not an error, and no more than a page is read for it', async () => {
  await happened(
    ...Array.from({ length: 2_000 }, (_, id) => {
      const name = { JobName: 'x'.repeat(1_000) };
      return [3, stoppedJob(`many-${id}`, 'Completed', name)] as const;
    }),
  );
  proxy.reset();
  const child = begin(['jobs', '--limit', '2500', '--json']);
  child.stdout.once('data', () => child.stdout.destroy());
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const pages = proxy.calls.filter(({ operation }) => operation === 'Query');
  expect(pages.length).toBeLessThanOrEqual(2); // of three
});

test('on an older Node.js, says which version it needs', async () => {
  const older = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.19.0'})`;
  const { stderr, code } = await deadlineProcess(['jobs'], { NODE_OPTIONS: `--import="${older}"` });
  expect(stderr).toContain('deadline-notifications needs Node.js 22 or later; this is 20.19.0.');
  expect(code).toBe(70);
});

test('--stack selects a stack with another name', async () => {
  await using named = await startCloudFormationLocal('Farm-B', outputs);
  const env = { AWS_ENDPOINT_URL_CLOUDFORMATION: named.endpoint };
  const { stdout, code } = await deadline(['jobs', '--stack', 'Farm-B', '--limit', '1'], env);
  expect(stdout).toContain('one');
  expect(code).toBe(0);
});
