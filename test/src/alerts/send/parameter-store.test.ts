import { SSMClient } from '@aws-sdk/client-ssm';
import { beforeEach, expect, test } from 'vitest';
import { ParameterStore } from '../../../../src/alerts/send/parameter-store.ts';
import { LOCAL } from '../../../../src/local/engines/environment.ts';
import { startSsm } from '../../../support/ssm-stand-in.ts';

const ssm = await startSsm();
const client = new SSMClient({ ...LOCAL, endpoint: ssm.endpoint, maxAttempts: 1 });
const NAME = '/deadline/slack-webhook';
const SOURCE = `The parameter ${NAME}`;
const signal = () => AbortSignal.timeout(5_000);
beforeEach(() => ssm.reset());

test('a parameter is read decrypted, and then not for five minutes', async () => {
  let now = 0;
  const store = new ParameterStore(client, () => now);
  ssm.parameters.set(NAME, 'https://hooks.slack.com/1');
  const first = { value: 'https://hooks.slack.com/1', source: SOURCE };
  expect(await store.find(NAME, signal())).toEqual(first);
  expect(ssm.asked).toEqual([{ Name: NAME, WithDecryption: true }]);
  ssm.parameters.set(NAME, 'https://hooks.slack.com/2');
  now = 5 * 60_000 - 1;
  expect(await store.find(NAME, signal())).toEqual(first);
  now = 5 * 60_000;
  expect(await store.find(NAME, signal())).toMatchObject({ value: 'https://hooks.slack.com/2' });
  expect(ssm.asked).toHaveLength(2);
});

test('one that is forgotten is read again, the others are not', async () => {
  const store = new ParameterStore(client, () => 0);
  ssm.parameters.set(NAME, 'a').set('other', 'b');
  await store.find(NAME, signal());
  await store.find('other', signal());
  store.forget(NAME);
  await store.find('other', signal());
  await store.find(NAME, signal());
  expect(ssm.asked.map(({ Name }) => Name)).toEqual([NAME, 'other', NAME]);
});

test('one that is missing is told with the command that stores it, and found once it is there', async () => {
  const store = new ParameterStore(client, () => 0);
  expect(await store.find(NAME, signal())).toEqual({
    status: 'never',
    reason: `${SOURCE} does not exist. Store it: aws ssm put-parameter --type SecureString --name ${NAME} --value <value>`,
  });
  ssm.parameters.set(NAME, 'a');
  expect(await store.find(NAME, signal())).toMatchObject({ value: 'a' });
});

test('one whose name cannot be is not asked for again', async () => {
  ssm.refusal = { status: 400, error: 'ValidationException', message: 'must be fully qualified' };
  expect(await new ParameterStore(client, () => 0).find('a/b', signal())).toEqual({
    status: 'never',
    reason: 'The parameter a/b cannot be: must be fully qualified',
  });
});

test.for([
  [400, 'AccessDeniedException'],
  [400, 'InvalidKeyId'],
  [400, 'ThrottlingException'],
  [500, 'InternalServerError'],
  [503, 'ServiceUnavailable'],
] as const)('HTTP %i %s: later', async ([status, error]) => {
  ssm.refusal = { status, error, message: 'injected' };
  expect(await new ParameterStore(client, () => 0).find(NAME, signal())).toEqual({
    status: 'later',
    reason: `${SOURCE} cannot be read: ${error}: injected`,
  });
});

test('where SSM is not reached, or does not answer: later', async () => {
  const nowhere = new SSMClient({ ...LOCAL, endpoint: 'http://127.0.0.1:1', maxAttempts: 1 });
  expect(await new ParameterStore(nowhere, () => 0).find(NAME, signal())).toMatchObject({
    status: 'later',
    reason: expect.stringContaining('ECONNREFUSED'),
  });
  ssm.refusal = 'never answers';
  const soon = AbortSignal.timeout(100);
  expect(await new ParameterStore(client, () => 0).find(NAME, soon)).toEqual({
    status: 'later',
    reason: `${SOURCE} cannot be read: SSM has not answered`,
  });
});
