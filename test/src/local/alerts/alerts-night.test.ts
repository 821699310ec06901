import { createHmac } from 'node:crypto';
import { json } from 'node:stream/consumers';
import { afterEach, expect, test, vi } from 'vitest';
import { freePort } from '../../../../src/local/engines/free-port.ts';
import { startLoopbackServer } from '../../../../src/local/engines/loopback-server.ts';
import { alertsOnThisMachine } from '../../../support/alerts-on-this-machine.ts';
import { payloadBreaches } from '../../../support/channel-schemas.ts';
import { madeUpNight, toldOf } from '../../../support/made-up-night.ts';
import { startSmtp } from '../../../support/smtp-stand-in.ts';
import { type Post, startWebhook } from '../../../support/webhook-stand-in.ts';

const HOUR = 3_600_000;
const WHEN = ['job-failed', 'task-failed', 'task-requeued'];
const bodies = (posts: readonly Post[]) => posts.map(({ body }) => JSON.parse(body));

afterEach(() => {
  vi.restoreAllMocks();
});

test('a made-up night: each channel gets each message once, and one that was down all of them afterwards', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const [slack, discord, teams, hook, smtp] = [
    ...[await startWebhook(), await startWebhook(), await startWebhook(), await startWebhook()],
    await startSmtp(),
  ] as const;
  const port = await freePort(0);
  const to = [
    ...[`slack:${slack.endpoint}`, `slack:http://127.0.0.1:${port}`, `discord:${discord.endpoint}`],
    ...[`teams:${teams.endpoint}`, `webhook:${hook.endpoint}#a-secret`],
    ...['email:wranglers@example.com', 'sns:arn:aws:sns:us-east-1:123456789012:wranglers'],
    ...['log', 'slack:/deadline/slack-webhook'],
  ];
  await using machine = await alertsOnThisMachine([{ name: 'failures', when: WHEN, to }], smtp);
  const night = madeUpNight(Date.now() - 3 * HOUR);
  const told = toldOf(night);
  // SQS may deliver twice.
  await machine.tell([...night, ...night].sort((a, b) => a.sent - b.sent));

  // Down: it refuses connections.
  const refused = await machine.send();
  expect(refused).toHaveLength(1);
  const printed = (channel: string) =>
    machine.printed.filter(([to]) => to === channel).map(([, payload]) => payload);
  for (const got of [
    ...[bodies(slack.posts), bodies(discord.posts), bodies(teams.posts), bodies(hook.posts)],
    ...[printed('log'), printed('slack:/deadline/slack-webhook')],
    smtp.mails.filter((mail) => mail.to === 'wranglers@example.com'),
    smtp.mails.filter((mail) => mail.to === 'wranglers@sns.invalid'),
  ]) {
    expect(got).toHaveLength(told.messages);
    expect(new Set(got.map((each) => JSON.stringify(each))).size).toBe(told.messages);
  }

  // As the channels' documentation has them.
  for (const [kind, payloads] of [
    ['slack', bodies(slack.posts)],
    ['discord', bodies(discord.posts)],
    ['teams', bodies(teams.posts)],
    ['webhook', bodies(hook.posts)],
    ['log', printed('log')],
    ['email', smtp.mails.map(({ subject, text }) => ({ subject, text: `${text}\n` }))],
  ] as const) {
    expect(payloads.map((payload) => payloadBreaches(kind, payload)).filter(Boolean)).toEqual([]);
  }

  // Each transition is told once, signed; nothing is late, as the night has its own clock.
  const transitions = bodies(hook.posts).flatMap((body) => body.transitions);
  expect(transitions).toHaveLength(told.transitions);
  expect(new Set(transitions.map(({ id }) => id)).size).toBe(told.transitions);
  for (const { headers, body } of hook.posts) {
    const signature = createHmac('sha256', 'a-secret').update(body).digest('hex');
    expect(headers['x-deadline-signature-256']).toBe(`sha256=${signature}`);
  }
  expect(new Set(hook.posts.map(({ headers }) => headers['x-deadline-delivery'])).size).toBe(
    told.messages,
  );
  const subjects = smtp.mails.map(({ subject }) => subject);
  expect(subjects.filter((subject) => /late/i.test(subject))).toEqual([]);
  expect(subjects.filter((subject) => /6 of 6 tasks/.test(subject))).toHaveLength(2 * 2);

  // Then it has no time, at first.
  const late: object[] = [];
  let answers = 2;
  await using _ = await startLoopbackServer(async (request, response) => {
    const body = (await json(request)) as object;
    response.statusCode = answers > 0 ? 503 : 200;
    if (answers <= 0) late.push(body);
    answers -= 1;
    response.end();
  }, port);
  let failed = refused;
  for (let attempts = 0; failed.length > 0 && attempts < 5; attempts += 1) {
    await machine.pass(failed);
    failed = await machine.send();
  }
  expect(failed).toEqual([]);
  expect(late).toEqual(bodies(slack.posts));
  expect(slack.posts).toHaveLength(told.messages);
});
