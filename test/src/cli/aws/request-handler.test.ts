import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, inject, test } from 'vitest';
import { startCloudFormationLocal } from '../../../../src/local/engines/cloudformation-local.ts';
import { answering } from '../../../support/answering.ts';
import { networkWithProxy } from '../../../support/network-with-proxy.ts';
import { stackToAsk, stoppedJob } from '../../../support/stack-to-ask.ts';

const { happened, deadline, environment, outputs, sqsProxy } = await stackToAsk();
await happened([1, stoppedJob('one', 'Failed')]);
/** DynamoDB Local has tables of their own for each. */
const { AWS_ACCESS_KEY_ID: KEY_ID }: NodeJS.ProcessEnv = environment;

const network = await networkWithProxy({
  cloudformation: environment.AWS_ENDPOINT_URL_CLOUDFORMATION as string,
  dynamodb: inject('dynamoDbEndpoint'),
  sqs: sqsProxy.endpoint,
});
beforeEach(() => {
  network.status = 200;
  network.asked.length = 0;
  network.authorizations.length = 0;
});

const folder = await mkdtemp(join(tmpdir(), 'bundles-'));
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

/** An environment in which AWS is where it always is, and nothing else is set. */
const AWS = {
  AWS_CA_BUNDLE: undefined,
  REQUESTS_CA_BUNDLE: undefined,
  NO_PROXY: undefined,
  no_proxy: undefined,
  AWS_ENDPOINT_URL_CLOUDFORMATION: undefined,
  AWS_ENDPOINT_URL_DYNAMODB: undefined,
  AWS_ENDPOINT_URL_SQS: undefined,
  AWS_MAX_ATTEMPTS: '1',
};
const proxied = () => ({ ...AWS, HTTPS_PROXY: `http://127.0.0.1:${network.port}` });
const trusted = () => ({ ...proxied(), AWS_CA_BUNDLE: network.ca });

/** What makes a command find a service at another endpoint: a queue is found by its URL. */
async function moved(service: 'CLOUDFORMATION' | 'DYNAMODB' | 'SQS', endpoint: string) {
  const url = (name: string) => outputs[name]?.replace(/^http:\/\/[^/]+/, endpoint) ?? '';
  const queues = { QueueUrl: url('QueueUrl'), DeadLetterQueueUrl: url('DeadLetterQueueUrl') };
  const stack = await startCloudFormationLocal('DeadlineNotifications', { ...outputs, ...queues });
  return {
    ...(service === 'SQS' && { AWS_ENDPOINT_URL_CLOUDFORMATION: stack.endpoint }),
    [`AWS_ENDPOINT_URL_${service}`]: endpoint,
    AWS_MAX_ATTEMPTS: '1',
  };
}

const HOST = 'cloudformation.us-east-1.amazonaws.com';

test('all requests leave the network by its proxy, and trust the authority that it has', async () => {
  const { stdout, stderr, code } = await deadline(['jobs', '--json'], trusted());
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ job: 'one' });
  expect(code).toBe(0);
  expect([...new Set(network.asked)]).toEqual([
    `CONNECT ${HOST}:443`,
    'CONNECT dynamodb.us-east-1.amazonaws.com:443',
  ]);
});

test('the user name and password go to the proxy, decoded', async () => {
  const HTTPS_PROXY = `http://us%40er:p%3Aw@127.0.0.1:${network.port}`;
  await deadline(['jobs'], { ...trusted(), HTTPS_PROXY });
  expect(network.authorizations[0]).toBe(`Basic ${btoa('us@er:p:w')}`);
});

test('endpoints on this machine are never asked by a proxy', async () => {
  const [HTTP_PROXY, HTTPS_PROXY] = Array(2).fill(`http://127.0.0.1:${network.port}`);
  const { code } = await deadline(['jobs'], { HTTP_PROXY, HTTPS_PROXY });
  expect(code).toBe(0);
  expect(network.asked).toEqual([]);
});

test('other endpoints without TLS are asked by HTTP_PROXY', async () => {
  const { stderr, code } = await deadline(['jobs'], {
    AWS_ENDPOINT_URL_CLOUDFORMATION: 'http://aws.farm:4566',
    HTTP_PROXY: `http://127.0.0.1:${network.port}`,
  });
  expect(network.asked).toEqual(['POST http://aws.farm:4566/']);
  expect(stderr).toContain(
    `Something other than AWS answered at aws.farm:4566 through the proxy http://127.0.0.1:${network.port} (HTTP_PROXY) (HTTP 200 with text/html).`,
  );
  expect(code).toBe(69);
});

test.for([
  [
    'role',
    'role_arn = arn:aws:iam::1:role/a\nsource_profile = keys',
    'sts.us-east-1.amazonaws.com',
  ],
  [
    'identity',
    `role_arn = arn:aws:iam::1:role/a\nweb_identity_token_file = ${join(folder, 'token')}`,
    'sts.us-east-1.amazonaws.com',
  ],
  [
    'signed-in',
    'sso_start_url = https://farm.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = 1\nsso_role_name = a',
    'portal.sso.us-east-1.amazonaws.com',
  ],
] as const)(
  'credentials of the kind %s are got by the proxy, too',
  async ([name, profile, host]) => {
    await file('token', 'a.b.c');
    const cache = join(folder, '.aws', 'sso', 'cache');
    await mkdir(cache, { recursive: true });
    const session = createHash('sha1').update('https://farm.awsapps.com/start').digest('hex');
    const token = { accessToken: 'a', expiresAt: new Date(Date.now() + 3_600_000).toISOString() };
    await writeFile(join(cache, `${session}.json`), JSON.stringify(token));
    const AWS_CONFIG_FILE = await file(
      `config-${name}`,
      `[profile keys]\naws_access_key_id = a\naws_secret_access_key = b\n[profile ${name}]\n${profile}\n`,
    );
    network.status = 403;
    const { stderr } = await deadline(['jobs', '--profile', name], {
      ...trusted(),
      HOME: folder,
      AWS_CONFIG_FILE,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
    });
    expect(network.asked).toContain(`CONNECT ${host}:443`);
    expect(stderr).toContain(`refuses a connection to ${host} (HTTP 403)`);
    expect(stderr).not.toContain('    at ');
  },
);

test.for([
  [407, 'needs a user name and password (HTTP 407). Set HTTPS_PROXY to http://<user>:<password>@'],
  [403, `refuses a connection to ${HOST} (HTTP 403). Ask who runs the proxy to allow ${HOST}`],
  [502, `refuses a connection to ${HOST} (HTTP 502).`],
] as const)('a proxy that answers with %i is named', async ([status, text]) => {
  network.status = status;
  const { stderr, code } = await deadline(['jobs'], trusted());
  expect(stderr).toContain(`The proxy http://127.0.0.1:${network.port} (HTTPS_PROXY) ${text}`);
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(69);
});

test('a refused password is not shown', async () => {
  network.status = 407;
  const HTTPS_PROXY = `http://user:secret@127.0.0.1:${network.port}`;
  const { stderr } = await deadline(['doctor'], { ...trusted(), HTTPS_PROXY });
  expect(stderr).not.toContain('secret');
});

test.for([
  ['http://user:secret@127.0.0.1:9', 'connect ECONNREFUSED 127.0.0.1:9'],
  ['http://user:secret@proxy.invalid:3128', 'getaddrinfo ENOTFOUND proxy.invalid'],
] as const)('a proxy that is not there is named: %s', async ([HTTPS_PROXY, reason]) => {
  const { stderr, code } = await deadline(['jobs'], { ...AWS, HTTPS_PROXY });
  expect(stderr).toContain(
    `There is no connection to ${HOST} through the proxy ${HTTPS_PROXY.replace('user:secret@', '')} (HTTPS_PROXY): ${reason}.`,
  );
  expect(stderr).not.toContain('secret');
  expect(code).toBe(69);
});

test('a certificate that nobody knows: names what may be the cause, and AWS_CA_BUNDLE', async () => {
  const { stderr, code } = await deadline(['jobs'], proxied());
  expect(stderr).toContain(`The certificate that ${HOST} shows is not trusted: self-signed`);
  expect(stderr).toContain('A proxy of the network may be rewriting TLS. Set AWS_CA_BUNDLE');
  expect(code).toBe(69);
});

test('ca_bundle of the profile counts, AWS_CA_BUNDLE comes first, REQUESTS_CA_BUNDLE last', async () => {
  const other = await file('broken.pem', 'x');
  const AWS_CONFIG_FILE = await file(
    'config',
    `[profile farm]\nca_bundle = ${network.ca}\n[profile broken]\nca_bundle = ${other}\n[profile bare]\n`,
  );
  const AWS_SHARED_CREDENTIALS_FILE = await file(
    'credentials',
    ['farm', 'broken', 'bare']
      .map((name) => `[${name}]\naws_access_key_id = ${KEY_ID}\naws_secret_access_key = b\n`)
      .join(''),
  );
  const env = {
    ...proxied(),
    AWS_CONFIG_FILE,
    AWS_SHARED_CREDENTIALS_FILE,
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
  };
  const jobs = (profile: string, changed: NodeJS.ProcessEnv = {}) =>
    deadline(['jobs', '--profile', profile], { ...env, ...changed });
  expect((await jobs('farm')).code).toBe(0);
  expect((await jobs('farm', { REQUESTS_CA_BUNDLE: other })).code).toBe(0);
  expect((await jobs('bare', { REQUESTS_CA_BUNDLE: network.ca })).code).toBe(0);
  expect((await jobs('broken', { AWS_CA_BUNDLE: network.ca })).code).toBe(0);
  expect((await jobs('broken')).stderr).toContain(
    `The CA bundle ${other} (ca_bundle of the profile broken) has no certificate in PEM form.`,
  );
});

test.for([
  ['gone.pem', undefined, 'cannot be read (ENOENT'],
  ['README', 'hello', 'has no certificate in PEM form.'],
  ['utf16.pem', Buffer.from('\ufeff-----BEGIN', 'utf16le'), 'is not in UTF-8.'],
  [
    'cut.pem',
    '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    'has a broken certificate, number 1.',
  ],
] as const)('AWS_CA_BUNDLE=%s is refused', async ([name, content, problem]) => {
  const AWS_CA_BUNDLE = join(folder, name);
  if (content !== undefined) await file(name, content);
  const { stderr, code } = await deadline(['jobs'], { ...proxied(), AWS_CA_BUNDLE });
  expect(stderr).toContain(`The CA bundle ${AWS_CA_BUNDLE} (AWS_CA_BUNDLE) ${problem}`);
  expect(stderr).toContain('It must be a text file with certificates');
  expect(code).toBe(69);
});

test.for([
  [200, 'text/html', '<html><br></body></html>', '(HTTP 200 with text/html)'],
  [302, 'text/html', '', '(HTTP 302 to login.hotel.example)'],
  [403, 'text/plain', 'Forbidden', '(HTTP 403 with text/plain)'],
  [511, 'text/html; charset=utf-8', '<html>', '(HTTP 511 with text/html)'],
  [200, undefined, '', '(HTTP 200)'],
  [200, 'application/json', '{"login": true}', '(HTTP 200 with application/json)'],
] as const)('%i %s %j in place of AWS is said, for each service', async (answer) => {
  const [status, type, body, text] = answer;
  using portal = await answering((request, response) => {
    request.resume();
    response.writeHead(status, {
      ...(type && { 'content-type': type }),
      ...(status === 302 && { location: 'https://login.hotel.example/?from=aws' }),
    });
    response.end(body);
  });
  const host = portal.endpoint.replace('http://', '');
  for (const [args, service, expected] of [
    [['jobs'], 'CLOUDFORMATION', 69],
    [['job', 'one'], 'DYNAMODB', 70],
    [['send', '--sample', 'job'], 'SQS', 70],
    [['dead-letters', 'list'], 'SQS', 70],
  ] as const) {
    const { stderr, code } = await deadline([...args], await moved(service, portal.endpoint));
    expect(stderr).toContain(`Something other than AWS answered at ${host} ${text}.`);
    expect(stderr).toContain('Sign in to the network in a browser');
    expect(stderr).not.toMatch(/ {4}at |Deserialization|Unexpected|mismatched/);
    expect(code).toBe(expected);
  }
});

test('what does not speak TLS or HTTP is not AWS either', async () => {
  using portal = await answering((_request, response) => response.end());
  const { stderr } = await deadline(['jobs'], {
    AWS_ENDPOINT_URL_CLOUDFORMATION: portal.endpoint.replace('http:', 'https:'),
  });
  expect(stderr).toContain('(it does not speak TLS)');
});

test('if nothing is there, says what to look at', async () => {
  using gone = await answering(() => undefined);
  gone[Symbol.dispose]();
  const { stderr, code } = await deadline(['jobs'], {
    AWS_ENDPOINT_URL_CLOUDFORMATION: gone.endpoint,
  });
  expect(stderr).toContain('ECONNREFUSED');
  expect(stderr).toContain(
    'AWS_ENDPOINT_URL_CLOUDFORMATION is set: is what it names still running, such as `npm run local`?',
  );
  expect(code).toBe(69);
});

test('an answer of AWS that is cut off is said without the words of a parser', async () => {
  using aws = await answering((_request, response) => {
    response.writeHead(200, { 'x-amzn-requestid': '1', 'content-type': 'text/xml' });
    response.end('<DescribeStacksResponse><Descr');
  });
  const { stderr, code } = await deadline(['jobs'], {
    AWS_ENDPOINT_URL_CLOUDFORMATION: aws.endpoint,
  });
  expect(stderr).toContain(
    'cannot be looked up (the answer cannot be read; it may have been cut off).',
  );
  expect(code).toBe(69);
});

test('doctor names what is in the way of a service, and goes on', async () => {
  using portal = await answering((_request, response) => response.end('<html>'));
  const env = await moved('SQS', portal.endpoint);
  const { stdout, code } = await deadline(['doctor', '--timeout', '1s'], env);
  const host = portal.endpoint.replace('http://', '');
  expect(stdout).toContain(`Something other than AWS answered at ${host} (HTTP 200).`);
  expect(stdout).toMatch(/table of jobs +DeadlineJobNotifications is ACTIVE/);
  expect(code).toBe(1);
});

test('wait goes on while a login page is in the way', async () => {
  using portal = await answering((_request, response) => response.end('<html>'));
  const { stderr, code } = await deadline(['wait', 'one', '--timeout', '1s'], {
    AWS_ENDPOINT_URL_DYNAMODB: portal.endpoint,
  });
  expect(stderr).toMatch(
    /^Something other than AWS answered at [\d.:]+ \(HTTP 200\)\. Trying again\.\n/,
  );
  expect(code).toBe(124);
});
