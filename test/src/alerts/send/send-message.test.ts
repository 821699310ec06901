import { createHmac } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { sendMessage } from '../../../../src/alerts/send/send-message.ts';
import { channelMessage, sendersToTry } from '../../../support/senders-to-try.ts';
import { type Post, type Reply, startWebhook } from '../../../support/webhook-stand-in.ts';

const webhook = await startWebhook();
beforeEach(() => webhook.reset());

/** Long enough to be kept secret. */
const PATH = '/services/T00000000/B00000000/a-secret-token';
const signal = () => AbortSignal.timeout(5_000);
const to = (kind: string, path = PATH) => `${kind}:${webhook.endpoint}${path}`;

function onlyPost(): Post {
  expect(webhook.posts).toHaveLength(1);
  return webhook.posts[0] as Post;
}

async function send(kind: string, reply: Reply, changed: Parameters<typeof sendersToTry>[0] = {}) {
  webhook.replies = [reply];
  const { senders } = sendersToTry(changed);
  return sendMessage(channelMessage(to(kind)), senders, signal());
}

test('a message is posted as JSON, once', async () => {
  const message = channelMessage(to('slack'));
  const answer = await sendMessage(message, sendersToTry().senders, signal());
  expect(answer).toEqual({ status: 'sent', detail: 'HTTP 200: ok' });
  const { path, headers, body } = onlyPost();
  expect(path).toBe(PATH);
  expect(body).toBe(JSON.stringify(message.payload));
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'deadline-notifications',
  });
  expect(headers).not.toHaveProperty('x-deadline-delivery');
});

test('what is posted keeps names that objects have', async () => {
  const payload = JSON.parse('{"__proto__": 1, "constructor": 2, "text": "toString"}');
  await sendMessage(channelMessage(to('webhook'), { payload }), sendersToTry().senders, signal());
  expect(webhook.posts[0]?.body).toBe('{"__proto__":1,"constructor":2,"text":"toString"}');
});

test('a webhook gets the id of the delivery, and a signature of the bytes', async () => {
  const { senders } = sendersToTry();
  const message = channelMessage(`${to('webhook')}#the-secret-of-both`);
  expect(await sendMessage(message, senders, signal())).toMatchObject({ status: 'sent' });
  const { headers, body } = onlyPost();
  const hmac = createHmac('sha256', 'the-secret-of-both').update(body, 'utf8').digest('hex');
  expect(headers['x-deadline-signature-256']).toBe(`sha256=${hmac}`);
  expect(headers['x-deadline-delivery']).toBe('id-1');
});

test('without a secret, it is not signed', async () => {
  await send('webhook', { status: 204 });
  expect(webhook.posts[0]?.headers).toHaveProperty('x-deadline-delivery');
  expect(webhook.posts[0]?.headers).not.toHaveProperty('x-deadline-signature-256');
});

test.for([
  ['/api/webhooks/1/a', '/api/v10/webhooks/1/a?wait=true'],
  ['/api/webhooks/1/a?thread_id=2', '/api/v10/webhooks/1/a?thread_id=2&wait=true'],
  ['/api/webhooks/1/a?wait=false', '/api/v10/webhooks/1/a?wait=true'],
  ['/api/v9/webhooks/1/a', '/api/v9/webhooks/1/a?wait=true'],
])(
  'Discord is asked to wait, at %s, in the version whose times are in s',
  async ([path, asked]) => {
    await sendMessage(channelMessage(to('discord', path)), sendersToTry().senders, signal());
    expect(webhook.posts.map((post) => post.path)).toEqual([asked]);
  },
);

test.for([200, 201, 204])('HTTP %i: sent', async (status) => {
  for (const kind of ['slack', 'discord', 'webhook', 'teams']) {
    const answer = await send(kind, { status });
    expect(answer).toEqual({ status: 'sent', detail: `HTTP ${status}` });
  }
});

test('Teams says HTTP 202 before its workflow has run, which the answer tells', async () => {
  expect(await send('teams', { status: 202 })).toEqual({
    status: 'sent',
    detail: 'HTTP 202. The workflow can still fail: see its run history in Power Automate',
  });
});

test.for([
  [400, 'invalid_payload'],
  [401, 'invalid_token'],
  [403, 'action_prohibited'],
  [404, 'no_service'],
  [405, ''],
  [409, ''],
  [410, 'channel_is_archived'],
  [413, 'Request Entity Too Large'],
  [422, ''],
  [451, ''],
] as const)('HTTP %i %s: never', async ([status, body]) => {
  const reason = body === '' ? `HTTP ${status}` : `HTTP ${status}: ${body}`;
  for (const kind of ['slack', 'discord', 'webhook', 'teams']) {
    expect(await send(kind, { status, body })).toEqual({ status: 'never', reason });
  }
});

test.for([408, 429, 500, 502, 503, 504, 599])('HTTP %i: later', async (status) => {
  for (const kind of ['slack', 'discord', 'webhook', 'teams']) {
    const answer = await send(kind, { status, body: 'busy' });
    expect(answer).toEqual({ status: 'later', reason: `HTTP ${status}: busy` });
  }
});

test.for([301, 302, 303, 307, 308])('HTTP %i: not followed, and never', async (status) => {
  const location = `${webhook.endpoint}/login?of=a-secret-token`;
  const answer = await send('slack', { status, headers: { location } });
  expect(answer).toEqual({
    status: 'never',
    reason: `HTTP ${status}: it redirects to 127.0.0.1, which is not followed. Store the URL that it redirects to`,
  });
  expect(webhook.posts).toHaveLength(1);
});

test.for([
  ['30', 30],
  ['0', 0],
  ['1.5', 1.5],
  ['Thu, 26 Nov 2026 05:00:30 GMT', 30],
  ['Thu, 26 Nov 2026 04:59:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
] as const)('Retry-After: %s is to be left alone for %s s', async ([text, after]) => {
  for (const status of [429, 503]) {
    const answer = await send(
      'slack',
      { status, headers: { 'retry-after': text } },
      { now: () => Date.parse('2026-11-26T05:00:00Z') },
    );
    expect(answer).toEqual({
      status: 'later',
      reason: `HTTP ${status}`,
      ...(after !== undefined && { after }),
    });
  }
});

test.for<[Record<string, string>, object | string, number | undefined]>([
  [{ 'x-ratelimit-reset-after': '1.234' }, '', 1.234],
  [{}, { message: 'You are being rate limited.', retry_after: 43.3, global: false }, 43.3],
  [{ 'retry-after': '65' }, { retry_after: 64.57 }, 65],
  // Of a limit that the other headers do not tell (discord/discord-api-docs, issue 1454).
  [{ 'x-ratelimit-reset-after': '2', 'x-ratelimit-remaining': '3' }, { retry_after: 43 }, 43],
  [{}, { retry_after: 'soon' }, undefined],
  [{}, 'null', undefined],
  [{}, '<html>error code: 1015</html>', undefined],
])('Discord is left alone for the longest that it says: %j %j', async ([headers, body, after]) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  expect(await send('discord', { status: 429, headers, body: text })).toMatchObject(
    after === undefined ? { status: 'later' } : { status: 'later', after },
  );
});

test('what Discord says, other channels do not mean', async () => {
  const headers = { 'x-ratelimit-reset-after': '60', 'x-ratelimit-remaining': '0' };
  for (const status of [200, 429]) {
    const answer = await send('webhook', { status, headers, body: '{"retry_after": 60}' });
    expect(answer).not.toHaveProperty('after');
  }
});

test('Discord tells when it takes no other message', async () => {
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '17.5' };
  expect(await send('discord', { status: 200, headers })).toMatchObject({ after: 17.5 });
  const left = { ...headers, 'x-ratelimit-remaining': '1' };
  expect(await send('discord', { status: 200, headers: left })).not.toHaveProperty('after');
});

test.for<[Reply, RegExp]>([
  ['closes', /has not answered: socket hang up/],
  ['never answers', /has not answered in time/],
  [{ bytes: 'SSH-2.0-OpenSSH_9.6\r\n' }, /has not answered: Parse Error/],
  [{ bytes: '' }, /has not answered: socket hang up/],
  [{ bytes: 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n' }, /has not/],
])('where a webhook %j: later', async ([reply, reason]) => {
  const answer = await send('slack', reply, { timeout: 200 });
  expect(answer).toEqual({ status: 'later', reason: expect.stringMatching(reason) });
  expect(JSON.stringify(answer)).not.toContain('secret');
});

test.for(['hangs', 'breaks'] as const)(
  'once its status has come, an answer that %s counts',
  async (then) => {
    const reply = { body: 'so far', then };
    const sent = await send('slack', { status: 200, ...reply }, { timeout: 300 });
    expect(sent).toEqual({ status: 'sent', detail: 'HTTP 200: so far' });
    const refused = await send('slack', { status: 404, ...reply }, { timeout: 300 });
    expect(refused).toEqual({ status: 'never', reason: 'HTTP 404: so far' });
  },
);

test('where nobody listens: later', async () => {
  const message = channelMessage(`slack:http://127.0.0.1:1${PATH}`);
  expect(await sendMessage(message, sendersToTry().senders, signal())).toEqual({
    status: 'later',
    reason: '127.0.0.1:1 has not answered: connect ECONNREFUSED 127.0.0.1:1',
  });
});

test('where no host has the name: later', async () => {
  const message = channelMessage(`webhook:https://nobody.invalid${PATH}`);
  const answer = await sendMessage(message, sendersToTry().senders, signal());
  expect(answer).toMatchObject({
    status: 'later',
    reason: expect.stringMatching(/^nobody.invalid/),
  });
  expect(JSON.stringify(answer)).not.toContain('secret');
});

test('once time is up, nothing is sent', async () => {
  const message = channelMessage(to('slack'));
  const answer = await sendMessage(message, sendersToTry().senders, AbortSignal.abort());
  expect(answer).toMatchObject({ status: 'later', reason: 'There was no time left to send it' });
  expect(webhook.posts).toEqual([]);
});

test('an answer is quoted in a line, cut, without what a terminal obeys', async () => {
  const body = `<h1>\n  Not\u001b[31m found\u202e</h1>\r\n${'x'.repeat(5_000)}`;
  const { reason } = (await send('slack', { status: 404, body })) as { reason: string };
  expect(reason).toMatch(/^HTTP 404: <h1> Not\?\[31m found\?<\/h1> x+…$/);
  expect(reason.length).toBeLessThan(220);
});

test.for([
  '/hooks/a-secret-token',
  '/hooks/a%20secret%2Ftoken',
  '/invoke?sp=%2Ftriggers%2Fmanual%2Frun&sig=a-secret-token_AB',
])('an answer that repeats the URL %s is not quoted with it', async (path) => {
  const { searchParams } = new URL(path, webhook.endpoint);
  webhook.replies = [
    {
      status: 404,
      body: `Cannot POST ${path} ${path.replaceAll('&', '&amp;')} ${decodeURIComponent(path)} ${searchParams}`,
    },
  ];
  const { senders } = sendersToTry();
  const answer = await sendMessage(channelMessage(to('webhook', path)), senders, signal());
  expect(answer).toMatchObject({ reason: expect.stringContaining('Cannot POST') });
  expect(JSON.stringify(answer)).not.toContain('secret');
});

test('a line of the log goes to the log', async () => {
  const { senders, lines } = sendersToTry();
  const message = channelMessage('log');
  expect(await sendMessage(message, senders, signal())).toMatchObject({ status: 'sent' });
  expect(lines).toEqual([message.payload]);
});

test.for(['email:wranglers@example.com', 'sns:arn:aws:sns:eu-west-1:123456789012:Renders'])(
  'mail goes to %s',
  async (channel) => {
    const { senders, mails } = sendersToTry();
    const message = channelMessage(channel);
    expect(await sendMessage(message, senders, signal())).toMatchObject({ status: 'sent' });
    expect(mails).toEqual([{ to: channel, ...message.payload }]);
  },
);

test.for([
  ['log', { text: 'a' }, 'Its payload is no line of a log'],
  ['email:wranglers@example.com', { text: 'a' }, 'Its payload has no subject and text'],
  ['pager:1', {}, 'Its channel is no channel: write slack:'],
  ['', {}, 'Its channel is no channel: write slack:'],
] as const)('%s with %j: never', async ([channel, payload, reason]) => {
  const answer = await sendMessage(
    channelMessage(channel, { payload }),
    sendersToTry().senders,
    signal(),
  );
  expect(answer).toMatchObject({ status: 'never', reason: expect.stringContaining(reason) });
});

test('a URL in a channel is refused, except on this machine', async () => {
  const { senders } = sendersToTry({ isLocal: false });
  const answer = await sendMessage(channelMessage(to('slack')), senders, signal());
  expect(answer).toMatchObject({ status: 'never', reason: expect.stringContaining('is a secret') });
  expect(JSON.stringify(answer)).not.toContain('token');
});

const PARAMETER = 'slack:/deadline/slack-webhook';

test('a parameter that cannot be read, or has no URL of the channel, is told by its name', async () => {
  const { senders, secrets, forgotten } = sendersToTry();
  const ask = () => sendMessage(channelMessage(PARAMETER), senders, signal());
  secrets.set('/deadline/slack-webhook', { status: 'later', reason: 'denied' });
  expect(await ask()).toEqual({ status: 'later', reason: 'denied' });
  secrets.set('/deadline/slack-webhook', 'http://hooks.slack.com/a-secret-token');
  expect(await ask()).toEqual({
    status: 'never',
    reason: 'The parameter /deadline/slack-webhook has a URL that does not begin with https:',
  });
  expect(forgotten).toEqual(['/deadline/slack-webhook']);
  expect(webhook.posts).toEqual([]);
});

test.for([401, 403, 404, 410])(
  'after HTTP %i, a changed parameter is read and posted to',
  async (status) => {
    const { senders, secrets, forgotten } = sendersToTry();
    secrets.set('/deadline/slack-webhook', `${webhook.endpoint}/old`);
    senders.secrets.forget = (name = '') => {
      forgotten.push(name);
      secrets.set(name, `${webhook.endpoint}/new`);
    };
    webhook.replies = [{ status }, { status: 200 }];
    const answer = await sendMessage(channelMessage(PARAMETER), senders, signal());
    expect(answer).toEqual({ status: 'sent', detail: 'HTTP 200' });
    expect(webhook.posts.map(({ path }) => path)).toEqual(['/old', '/new']);
    expect(forgotten).toEqual(['/deadline/slack-webhook']);
  },
);

test('one that is not changed, or cannot be read then, is not posted to again', async () => {
  const { senders, secrets } = sendersToTry();
  webhook.replies = [{ status: 404, body: 'no_service' }];
  const expected = { status: 'never', reason: 'HTTP 404: no_service' };
  secrets.set('/deadline/slack-webhook', `${webhook.endpoint}/old`);
  expect(await sendMessage(channelMessage(PARAMETER), senders, signal())).toEqual(expected);
  senders.secrets.forget = (name = '') => secrets.set(name, { status: 'later', reason: 'denied' });
  expect(await sendMessage(channelMessage(PARAMETER), senders, signal())).toEqual(expected);
  expect(webhook.posts).toHaveLength(2);
});

test('the secret of a signature is a parameter, too, and must not be empty', async () => {
  const { senders, secrets } = sendersToTry();
  const message = channelMessage('webhook:/deadline/hook#/deadline/hook-secret');
  secrets.set('/deadline/hook', `${webhook.endpoint}/hook`);
  secrets.set('/deadline/hook-secret', '');
  expect(await sendMessage(message, senders, signal())).toEqual({
    status: 'never',
    reason: 'The parameter /deadline/hook-secret is empty',
  });
  secrets.set('/deadline/hook-secret', { status: 'later', reason: 'denied' });
  expect(await sendMessage(message, senders, signal())).toMatchObject({ status: 'later' });
  expect(webhook.posts).toEqual([]);
});

test('a secret that was changed signs what is posted again', async () => {
  const { senders, secrets } = sendersToTry();
  secrets.set('/deadline/hook', `${webhook.endpoint}/hook`);
  secrets.set('/deadline/hook-secret', 'old');
  senders.secrets.forget = (name = '') => name.endsWith('secret') && secrets.set(name, 'new');
  webhook.replies = [{ status: 401 }, { status: 200 }];
  const message = channelMessage('webhook:/deadline/hook#/deadline/hook-secret');
  expect(await sendMessage(message, senders, signal())).toMatchObject({ status: 'sent' });
  const signature = createHmac('sha256', 'new')
    .update(JSON.stringify(message.payload))
    .digest('hex');
  expect(webhook.posts[1]?.headers['x-deadline-signature-256']).toBe(`sha256=${signature}`);
});
