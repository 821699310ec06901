import { expect, test } from 'vitest';
import { startCloudFormationLocal } from '../../../../../src/local/engines/cloudformation-local.ts';
import { stackWithDeadLetters } from '../../../../support/stack-with-dead-letters.ts';

const { queueUrl, deadLetterQueueUrl, environment, renamed, deadLetters } =
  await stackWithDeadLetters();

test.for([
  [['relpay'], 'There is no command relpay.'],
  [['delete'], 'delete takes one message id.'],
  [['replay', 'all'], 'There is no command replay all.'],
  [['--account', '1'], "Unknown option '--account'"],
  [['--region', ''], '--stack, --profile and --region take a name.'],
  [['--profile='], '--stack, --profile and --region take a name.'],
  [['--stack', ''], '--stack, --profile and --region take a name.'],
] as const)('called with %s it says how it is used', async ([args, message]) => {
  const { stderr, code } = await deadLetters([...args]);
  expect(stderr).toContain(message);
  expect(stderr).toContain('Usage: npm run dead-letters');
  expect(code).toBe(64);
});

test('--help says how it is used', async () => {
  const { stdout, code } = await deadLetters(['--help']);
  expect(stdout).toContain('Usage: npm run dead-letters');
  expect(code).toBe(0);
});

test.for([
  ['another stack', 'Other', 'The stack DeadlineNotifications was not found'],
  [
    'an older version',
    'DeadlineNotifications',
    'does not put out what this version needs (DeadLetterQueueUrl: the output',
  ],
] as const)('%s of the stack: says so', async ([, name, message]) => {
  const cloudFormation = await startCloudFormationLocal(name, { QueueUrl: queueUrl });
  const { stderr, code } = await deadLetters([], {
    ...environment,
    AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
  });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(69);
});

test('--stack says which, where it has another name', async () => {
  const env = await renamed('Farm-B');
  const { stdout, code } = await deadLetters(['--stack', 'Farm-B'], env);
  expect(stdout).toContain(`Dead letters in ${deadLetterQueueUrl}`);
  expect(code).toBe(0);
  expect((await deadLetters(['--stack', 'Farm-C'], env)).stderr).toContain(
    'The stack Farm-C was not found',
  );
});

test.for([
  ['RetentionDays', ''],
  ['RetentionDays', 'never'],
  ['RetentionDays', '0'],
  ['EmptyFields', ''],
  ['EmptyFields', 'drop'],
] as const)('a stack with the %s "%s" is named', async ([output, value]) => {
  const env = await renamed('Farm-B', { [output]: value });
  const { stderr, code } = await deadLetters(['--stack', 'Farm-B'], env);
  expect(stderr).toContain(
    `The stack Farm-B does not put out what this version needs (${output}: the output is missing)`,
  );
  expect(code).toBe(69);
});

test('--region and --profile say where, in place of the environment', async () => {
  const env = { ...environment, AWS_REGION: undefined };
  const inOther = { ...env, AWS_DEFAULT_REGION: 'us-east-1' };
  expect((await deadLetters([], inOther)).code).toBe(0);
  expect((await deadLetters([], env)).stderr).toContain('Region is missing');
  expect((await deadLetters(['--region', 'us-east-1'], env)).code).toBe(0);
  const { stderr, code } = await deadLetters(['--profile', 'nobody']);
  expect(stderr).toContain(
    'AWS has no credentials that it takes for the profile nobody (CredentialsProviderError',
  );
  expect(code).toBe(77);
});

test('an SQS that is not there is named without the stack of calls', async () => {
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
  const { stderr, code } = await deadLetters([], {
    ...gone,
    AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
  });
  expect(stderr).toMatch(/^AWS: .*ECONNREFUSED/);
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(70);
});
