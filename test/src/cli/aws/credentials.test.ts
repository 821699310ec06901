import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answering } from '../../../support/answering.ts';
import { stackToAsk, stoppedJob } from '../../../support/stack-to-ask.ts';

const { happened, deadline, environment } = await stackToAsk();
await happened([1, stoppedJob('one', 'Failed')]);
/** DynamoDB Local has tables of their own for each. */
const { AWS_ACCESS_KEY_ID: KEY_ID }: NodeJS.ProcessEnv = environment;

const DEVICE = 'arn:aws:iam::123456789012:mfa/someone';
const folder = await mkdtemp(join(tmpdir(), 'profiles-'));
afterAll(() => rm(folder, { recursive: true }));
await writeFile(
  join(folder, 'config'),
  `[default]
region = us-east-1

[profile farm]
role_arn = arn:aws:iam::123456789012:role/Wranglers
source_profile = default
mfa_serial = ${DEVICE}
external_id = studio
duration_seconds = 7200
region = us-east-1

[profile signed-in]
sso_start_url = https://studio.awsapps.com/start
sso_region = us-east-1
sso_account_id = 123456789012
sso_role_name = Wranglers
`,
);
await writeFile(
  join(folder, 'credentials'),
  '[default]\naws_access_key_id = AKIAEXAMPLE0000000000\naws_secret_access_key = example\n',
);

/** What STS was asked for, and what it answers: an error's code, or credentials. */
const asked: URLSearchParams[] = [];
let refusal: string | undefined;
const sts = await answering(async (request, response) => {
  asked.push(new URLSearchParams(await text(request)));
  const expiration = new Date(Date.now() + 3_600_000).toISOString();
  response.writeHead(refusal ? 403 : 200, { 'content-type': 'text/xml' });
  response.end(
    refusal
      ? `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${refusal}</Message></Error></ErrorResponse>`
      : `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>${KEY_ID}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  );
});
beforeEach(() => {
  asked.length = 0;
  refusal = undefined;
});
const { isTTY } = process.stderr;
afterEach(() => {
  vi.restoreAllMocks();
  Object.defineProperty(process.stderr, 'isTTY', { value: isTTY, configurable: true });
});

const jobs = (profile = 'farm') =>
  deadline(['jobs', '--profile', profile], {
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_ENDPOINT_URL_STS: sts.endpoint,
  });

/** Somebody at a terminal who types so. */
function atTerminal(typed: string): void {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  input.write(typed);
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(input as never);
  Object.defineProperty(process.stderr, 'isTTY', { value: true, configurable: true });
}

test('without a terminal, says what to do', async () => {
  const { stdout, stderr, code } = await jobs();
  expect(stdout).toBe('');
  expect(stderr).toContain(
    `The profile farm needs a code of the MFA device ${DEVICE}, and there is no terminal to ask for it.`,
  );
  expect(stderr).toContain('aws configure export-credentials --profile farm --format env');
  expect(asked).toEqual([]);
  expect(code).toBe(77);
});

test('on a terminal, asks once for the code, which is not shown, and assumes the role', async () => {
  atTerminal('123 456\r');
  const { stdout, stderr, code } = await jobs();
  expect(stderr).toBe(`Enter MFA code for ${DEVICE}: \n`);
  expect(stdout).toContain('name of one');
  expect(code).toBe(0);
  expect(asked.map((each) => Object.fromEntries(each))).toEqual([
    expect.objectContaining({
      Action: 'AssumeRole',
      SerialNumber: DEVICE,
      TokenCode: '123456',
      ExternalId: 'studio',
      DurationSeconds: '7200',
    }),
  ]);
});

test('a wrong code is said', async () => {
  atTerminal('000000\r');
  refusal = 'MultiFactorAuthentication failed with invalid MFA one time pass code.';
  const { stderr, code } = await jobs();
  expect(stderr).toContain(
    `No valid AWS credentials for the profile farm (AccessDenied: ${refusal})`,
  );
  expect(stderr).toContain('A code works once and for about a minute');
  expect(code).toBe(77);
});

test('a role that may not be assumed is said', async () => {
  atTerminal('000000\r');
  refusal = 'not authorized to perform: sts:AssumeRole';
  const { stderr, code } = await jobs();
  expect(stderr).toContain('(AccessDenied: not authorized to perform: sts:AssumeRole).');
  expect(stderr).toContain('Check the role of the profile');
  expect(code).toBe(77);
});

test.for([
  ['\r', 'No MFA code was given.'],
  ['\u0004', 'No MFA code was given.'],
  ['12345\r', 'An MFA code has six digits.'],
  ['abcdef\r', 'An MFA code has six digits.'],
] as const)('%j is not a code', async ([typed, problem]) => {
  atTerminal(typed);
  const { stderr, code } = await jobs();
  expect(stderr).toContain(problem);
  expect(asked).toEqual([]);
  expect(code).toBe(77);
});

test('a profile that is not signed in: says how', async () => {
  const { stderr, code } = await jobs('signed-in');
  expect(stderr).toContain('No valid AWS credentials for the profile signed-in');
  expect(stderr).toContain('aws sso login');
  expect(code).toBe(77);
});
