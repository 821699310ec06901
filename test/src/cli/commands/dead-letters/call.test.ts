import { expect, test } from 'vitest';
import { startCloudFormationLocal } from '../../../../../src/local/engines/cloudformation-local.ts';
import { stackWithDeadLetters } from '../../../../support/stack-with-dead-letters.ts';

const { queueUrl, deadLetterQueueUrl, environment, renamed, deadLetters } =
  await stackWithDeadLetters();

test.for([
  [['relpay'], "unknown command 'relpay'"],
  [['delete'], "missing required argument 'message id'"],
  [['show'], "missing required argument 'message id'"],
  [['show', 'a', 'b'], 'too many arguments'],
  [['replay', 'all'], 'too many arguments'],
  [['list', '--account', '1'], "unknown option '--account'"],
  [['list', '--yes'], "unknown option '--yes'"],
  [['list', '--limit', '0'], 'Expected a whole number'],
  [['list', '--all', '--limit', '5'], "'--all' cannot be used with option '--limit"],
  [['list', '--region', ''], 'Must not be empty.'],
  [['replay', '--profile='], 'Must not be empty.'],
  [['delete', 'a', '--stack', ''], 'Must not be empty.'],
  [['delete', ' '], 'Must not be empty.'],
] as const)('called with %s, reports wrong usage', async ([args, message]) => {
  const { stderr, code } = await deadLetters([...args]);
  expect(stderr).toContain(message);
  expect(stderr).toContain('(see --help for usage)');
  expect(code).toBe(64);
});

test.for(['list', 'show', 'replay', 'delete'])(
  '%s --help explains it with an example',
  async (command) => {
    const { stdout, code } = await deadLetters([command, '--help']);
    expect(stdout).toContain(`Usage: deadline-notifications dead-letters ${command}`);
    expect(stdout).toContain(`Examples:\n  deadline-notifications dead-letters ${command}`);
    expect(stdout).toContain('--json');
    expect(code).toBe(0);
  },
);

test.for([
  ['another stack', 'Other', 'The stack DeadlineNotifications was not found'],
  [
    'an older version',
    'DeadlineNotifications',
    'is older than this command line: it lacks DeadLetterQueueUrl, JobTableName, TaskTableName, NewestBy, RetentionDays, EmptyFields. Deploy it again',
  ],
] as const)('%s: says so', async ([, name, message]) => {
  const cloudFormation = await startCloudFormationLocal(name, { QueueUrl: queueUrl });
  const { stderr, code } = await deadLetters(['list'], {
    ...environment,
    AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
  });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(69);
});

test('--stack selects a stack with another name', async () => {
  const env = await renamed('Farm-B');
  const { stderr, code } = await deadLetters(['list', '--stack', 'Farm-B'], env);
  expect(stderr).toBe(`There are no dead letters in ${deadLetterQueueUrl}.\n`);
  expect(code).toBe(0);
  expect((await deadLetters(['list', '--stack', 'Farm-C'], env)).stderr).toContain(
    'The stack Farm-C was not found',
  );
});

test.for([
  ['RetentionDays', 'never'],
  ['RetentionDays', '0'],
  ['EmptyFields', 'drop'],
  ['Rendering', 'maybe'],
  ['NewestBy', 'now'],
] as const)('reports a stack whose %s is "%s"', async ([output, value]) => {
  const env = await renamed('Farm-B', { [output]: value });
  const { stderr, code } = await deadLetters(['list', '--stack', 'Farm-B'], env);
  expect(stderr).toContain(
    `The stack Farm-B has output values that this command line does not know: ${output} is "${value}".`,
  );
  expect(code).toBe(69);
});

test.for([
  ['RetentionDays', 'is older than this command line: it lacks RetentionDays. Deploy it again'],
  ['QueueUrl', 'lacks outputs that this command line needs: QueueUrl. Is it a Deadline Notif'],
] as const)('reports a stack without the output %s', async ([output, message]) => {
  const env = await renamed('Farm-B', { [output]: undefined });
  const { stderr, code } = await deadLetters(['list', '--stack', 'Farm-B'], env);
  expect(stderr).toContain(`The stack Farm-B ${message}`);
  expect(code).toBe(69);
});

test('--region and --profile override the environment', async () => {
  const env = { ...environment, AWS_REGION: undefined };
  const inOther = { ...env, AWS_DEFAULT_REGION: 'us-east-1' };
  expect((await deadLetters(['list'], inOther)).code).toBe(0);
  expect((await deadLetters(['list'], env)).stderr).toContain('Region is missing');
  expect((await deadLetters(['list', '--region', 'us-east-1'], env)).code).toBe(0);
  const { stderr, code } = await deadLetters(['list', '--profile', 'nobody']);
  expect(stderr).toContain(
    'No valid AWS credentials for the profile nobody (CredentialsProviderError',
  );
  expect(code).toBe(77);
});

test('if SQS cannot be reached, says so without a stack trace', async () => {
  const gone = { ...environment, AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:9' };
  const cloudFormation = await startCloudFormationLocal('DeadlineNotifications', {
    QueueUrl: queueUrl,
    DeadLetterQueueUrl: 'http://127.0.0.1:9/000000000000/Gone',
    JobTableName: 'Jobs',
    TaskTableName: 'Tasks',
    NewestBy: 'timestamp',
    RetentionDays: 'off',
    EmptyFields: 'keep',
  });
  const { stderr, code } = await deadLetters(['list'], {
    ...gone,
    AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
  });
  expect(stderr).toMatch(/^AWS: .*ECONNREFUSED/);
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(70);
});
