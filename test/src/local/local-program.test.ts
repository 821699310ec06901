import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { toLocalAlerts } from '../../../src/local/alerts/alert-options.ts';
import { startCloudFormationLocal } from '../../../src/local/engines/cloudformation-local.ts';
import { startDynamoDbLocal } from '../../../src/local/engines/dynamodb-local.ts';
import { startSqsLocal } from '../../../src/local/engines/sqs-local.ts';
import { createLocalProgram } from '../../../src/local/local-program.ts';
import { CannotStart, WrongUsage } from '../../../src/shared/errors.ts';
import { parseCall } from '../../../src/terminal/call.ts';
import { captured } from '../../support/run-cli.ts';

const call = (...args: string[]) => captured(() => parseCall(createLocalProgram(), args) ?? -1);

test.for([
  [['--port', '1'], "unknown option '--port'"],
  [['now'], 'too many arguments'],
  [['--sqs-port', 'http'], "'http' is invalid. Expected a whole number from 0 to 65535."],
  [['--sqs-port', '65536'], "'65536' is invalid. Expected a whole number from 0 to 65535."],
  [['--cloudformation-port', ''], "'' is invalid. Expected a whole number from 0 to 65535."],
  [
    ['--farm', '4294967296'],
    "'4294967296' is invalid. Expected a whole number from 0 to 4294967295.",
  ],
  [['--history', 'on'], "'on' is invalid. Allowed choices are off, problems, all."],
  [['--alert-digest', '301'], "'301' is invalid. Expected a whole number from 0 to 300."],
  [
    ['--smtp', '127.0.0.1'],
    "'127.0.0.1' is invalid. Expected a host and a port, such as 127.0.0.1:1025.",
  ],
  [
    ['--smtp', 'mail.example.com:0'],
    "'mail.example.com:0' is invalid. Expected a host and a port, such as 127.0.0.1:1025.",
  ],
  [['--farm', '1.5'], "'1.5' is invalid. Expected a whole number from 0 to 4294967295."],
] as const)('called with %s it says what is wrong', async ([args, message]) => {
  const { stderr, code } = await call(...args);
  expect(stderr).toContain(message);
  expect(stderr).toContain('(see --help for usage)');
  expect(code).toBe(64);
});

test('--help explains it', async () => {
  const { stdout, stderr, code } = await call('--help');
  expect(stdout).toContain('Usage: npm run local -- [options]');
  expect(stderr).toBe('');
  expect(code).toBe(0);
});

test('ports and a farm are numbers; without them any port is taken, the tables are empty, and the history is off', () => {
  const program = createLocalProgram();
  expect(parseCall(program, ['--dynamodb-port', '8000', '--farm', '0'])).toBeUndefined();
  expect(program.opts()).toEqual({
    sqsPort: 0,
    dynamodbPort: 8_000,
    cloudformationPort: 0,
    farm: 0,
    history: 'off',
  });
});

test.for([
  ['SQS', (port: number) => startSqsLocal(port)],
  [
    'DynamoDB',
    (port: number) =>
      startDynamoDbLocal({ port, shared: true, signal: AbortSignal.timeout(30_000) }),
  ],
  ['CloudFormation', (port: number) => startCloudFormationLocal('Stack', {}, port)],
] as const)('a port for %s that is taken is named', async ([, start]) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const starting = start(port);
  await expect(starting).rejects.toThrow(`Cannot listen on port ${port}`);
  await expect(starting).rejects.toBeInstanceOf(CannotStart);
  other.close();
});

test.for([
  ['127.0.0.1:1025', { host: '127.0.0.1', port: 1_025 }],
  ['mail.example.com:25', { host: 'mail.example.com', port: 25 }],
  ['[::1]:1025', { host: '::1', port: 1_025 }],
] as const)('--smtp %s is a host and a port', ([text, expected]) => {
  const program = createLocalProgram();
  parseCall(program, ['--alerts', 'alerts.json', '--alert-digest', '0', '--smtp', text]);
  expect(program.opts()).toMatchObject({
    ...{ alerts: 'alerts.json', alertDigest: 0, smtp: expected },
  });
});

test.for([
  [{ alertDigest: 0 }, '--alert-digest needs --alerts.'],
  [{ smtp: { host: 'a', port: 1 } }, '--smtp needs --alerts.'],
] as const)('with %j but no alerts, it says so', ([options, message]) => {
  expect(() => toLocalAlerts(options)).toThrow(new WrongUsage(message));
  expect(toLocalAlerts({})).toBeUndefined();
});
