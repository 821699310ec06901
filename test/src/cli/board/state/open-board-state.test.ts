import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { sharedCredentials } from '../../../../../src/cli/aws/credentials.ts';
import { AwsRequestHandler } from '../../../../../src/cli/aws/request-handler.ts';
import { openBoardState } from '../../../../../src/cli/board/state/open-board-state.ts';
import type { Session } from '../../../../../src/cli/session.ts';
import { screenOf } from '../../../../../src/terminal/screen.ts';
import { answering } from '../../../../support/answering.ts';
import { serviceError } from '../../../../support/proxy.ts';
import { refusing } from '../../../../support/refusing.ts';
import { stackToAsk, stoppedJob } from '../../../../support/stack-to-ask.ts';

const { environment, proxy, happened, client } = await stackToAsk();
await happened([5, stoppedJob('a', 'Completed')]);

beforeEach(() => {
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterEach(() => {
  proxy.reset();
  vi.unstubAllEnvs();
});

function session(profile?: string): Session {
  const { signal } = new AbortController();
  const requestHandler = new AwsRequestHandler(profile);
  const credentials = sharedCredentials({ profile, requestHandler, signal });
  return {
    stackName: 'DeadlineNotifications',
    account: { ...(profile && { profile }), region: 'us-east-1', requestHandler, credentials },
    ...{ json: false, utc: false, now: Date.now(), signal, output: signal },
    screen: screenOf(process.stdout, {}, true),
  };
}

test('it says where it reads, and what that takes', async () => {
  await using state = await openBoardState(session());
  const { status, stopped } = await state.farm(1);
  expect(stopped).toMatchObject([{ job: 'a', status: 'Completed' }]);
  expect(status).toMatchObject({
    ...{
      lamp: 'live',
      region: 'us-east-1',
      stack: 'DeadlineNotifications',
      account: '000000000000',
    },
    ...{ history: 'off', rendering: 'off', notes: [] },
  });
  expect(status.unitsPerHour).toBeGreaterThan(0);
});

test('a clock that is behind is said to be, and times are corrected', async () => {
  await using state = await openBoardState(session(), () => Date.now() - 4 * 60_000);
  await state.farm(1);
  const { status } = await state.farm(1);
  expect(status.notes).toEqual(["This machine's clock is 4 min behind AWS; times are corrected."]);
  expect(Math.abs(status.now - Date.now())).toBeLessThan(5_000);
});

test('it says that the stack is gone', async () => {
  await using state = await openBoardState(session());
  using gone = await refusing('ValidationError');
  vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', gone.endpoint);
  proxy.faultOf = () => serviceError('ResourceNotFoundException');
  const { status } = await state.farm(1);
  expect(status).toMatchObject({
    lamp: 'cut off',
    reason:
      'The stack DeadlineNotifications is not there any more in us-east-1. Deploy it again; the board goes on by itself.',
  });
});

test('it says that an index is missing, and what to do', async () => {
  await using state = await openBoardState(session());
  proxy.faultOf = ({ operation }) =>
    operation === 'Query'
      ? serviceError('ValidationException')
      : {
          change: ({ Table }) => ({ Table: { ...(Table as object), GlobalSecondaryIndexes: [] } }),
        };
  const { status } = await state.farm(1);
  expect(status.lamp).toBe('cut off');
  expect(status.reason).toMatch(/has no index .*\. Deploy the stack again/);
});

test('it says that AWS refuses a read', async () => {
  await using state = await openBoardState(session());
  proxy.faultOf = () => serviceError('AccessDeniedException');
  const { status } = await state.farm(1);
  expect(status).toMatchObject({
    ...{ lamp: 'cut off', reason: 'AWS refuses a read (AccessDeniedException: injected).' },
  });
});

test('credentials that expired are named with what renews them, and read again from their file', async () => {
  const { accessKeyId } = await client.config.credentials();
  let valid = 'FIRST';
  using dynamoDb = await answering(async (request, response) => {
    const { authorization = '', host: _, ...headers } = request.headers;
    const isValid = authorization.includes(`Credential=${valid}/`);
    const answer = await fetch(inject('dynamoDbEndpoint'), {
      method: 'POST',
      body: await text(request),
      headers: {
        ...(headers as Record<string, string>),
        authorization: authorization.replace(/Credential=[^/]+/, `Credential=${accessKeyId}`),
      },
    });
    const expired = { __type: 'com.amazon.coral.service#ExpiredTokenException', message: 'old' };
    response.writeHead(isValid ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(isValid ? await answer.text() : JSON.stringify(expired));
  });
  const folder = await mkdtemp(join(tmpdir(), 'board-'));
  const file = join(folder, 'credentials');
  const write = (key: string) =>
    writeFile(file, `[farm]\naws_access_key_id = ${key}\naws_secret_access_key = x\n`);
  await write(valid);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', file);
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', dynamoDb.endpoint);
  await using state = await openBoardState(session('farm'));
  expect((await state.farm(1)).status.lamp).toBe('live');
  valid = 'SECOND';
  await state.look();
  const { status } = await state.farm(1);
  expect(status).toMatchObject({
    lamp: 'cut off',
    reason:
      'The AWS credentials of the profile farm expired. Put new ones in its file as before; the board goes on by itself.',
  });
  await write(valid);
  await state.look();
  expect((await state.farm(1)).status.lamp).toBe('live');
  await rm(folder, { recursive: true });
});
