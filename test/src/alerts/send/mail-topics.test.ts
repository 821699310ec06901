import { SNSClient } from '@aws-sdk/client-sns';
import { beforeEach, expect, test } from 'vitest';
import { MailTopics } from '../../../../src/alerts/send/mail-topics.ts';
import type { MailChannel } from '../../../../src/alerts/send/senders.ts';
import { LOCAL } from '../../../../src/local/engines/environment.ts';
import { parseChannel } from '../../../../src/shared/alerts/channel.ts';
import { emailTopicId } from '../../../../src/shared/alerts/email-topic.ts';
import { startSns } from '../../../support/sns-stand-in.ts';

const sns = await startSns();
beforeEach(() => sns.reset());

const PREFIX = 'arn:aws:sns:eu-west-1:123456789012:DeadlineNotifications-Alerts-';
const MAIL = { subject: '[failures] Failed: sq010_lighting', text: 'sq010_lighting failed.\n夜景' };
const EMAIL = 'email:wranglers@example.com';

function send(channel: string, signal = AbortSignal.timeout(5_000), endpoint = sns.endpoint) {
  const clientOf = (region: string) =>
    new SNSClient({ ...LOCAL, region, endpoint, maxAttempts: 1 });
  const topics = new MailTopics(clientOf, PREFIX);
  return topics.send(parseChannel(channel) as MailChannel, MAIL, 'id-1', signal);
}

test('mail to an address is published to its topic', async () => {
  expect(await send(EMAIL)).toEqual({
    status: 'sent',
    detail: 'SNS took it. It reaches the address if its subscription is confirmed',
  });
  const TopicArn = PREFIX + emailTopicId('Wranglers@Example.com');
  expect(sns.published).toEqual([
    { region: 'eu-west-1', TopicArn, Subject: MAIL.subject, Message: MAIL.text },
  ]);
});

test('to a topic, in its own region', async () => {
  const TopicArn = 'arn:aws:sns:us-west-2:123456789012:Renders';
  expect(await send(`sns:${TopicArn}`)).toEqual({ status: 'sent', detail: 'SNS took it' });
  expect(sns.published).toEqual([
    { region: 'us-west-2', TopicArn, Subject: MAIL.subject, Message: MAIL.text },
  ]);
});

test('to a FIFO topic, in order and once', async () => {
  await send('sns:arn:aws:sns:eu-west-1:123456789012:Renders.fifo');
  expect(sns.published).toMatchObject([
    { MessageGroupId: 'deadline-notifications', MessageDeduplicationId: 'id-1' },
  ]);
});

test.for([
  [429, 'Throttled', 'later'],
  [400, 'Throttling', 'later'],
  [400, 'KMSThrottling', 'later'],
  [500, 'InternalError', 'later'],
  [503, 'ServiceUnavailable', 'later'],
  [404, 'NotFound', 'never'],
  [403, 'AuthorizationError', 'never'],
  [400, 'InvalidParameter', 'never'],
  [400, 'KMSAccessDenied', 'never'],
  [400, 'EndpointDisabled', 'never'],
] as const)('HTTP %i %s: %s', async ([status, code, outcome]) => {
  sns.refusal = { status, code };
  const answer = await send(EMAIL);
  expect(answer).toEqual({
    status: outcome,
    reason: expect.stringMatching(/^SNS: \w+: injected$/),
  });
  expect(sns.published).toHaveLength(1);
});

test('where SNS is not reached, or does not answer: later', async () => {
  expect(await send(EMAIL, undefined, 'http://127.0.0.1:1')).toMatchObject({
    status: 'later',
    reason: expect.stringContaining('ECONNREFUSED'),
  });
  sns.refusal = 'never answers';
  expect(await send(EMAIL, AbortSignal.timeout(100))).toEqual({
    status: 'later',
    reason: 'SNS has not answered in time',
  });
});
