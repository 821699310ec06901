import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { beforeEach, expect, test } from 'vitest';
import type { SendAnswer, SendRequest } from '../../../src/alerts/message/channel-message.ts';
import { LOCAL, localEngines } from '../../../src/local/engines/environment.ts';
import { emailTopicId } from '../../../src/shared/alerts/email-topic.ts';
import { AUDIBLE, captureLines } from '../../support/captured-lines.ts';
import { loadFunction } from '../../support/load-function.ts';
import { queueToSend } from '../../support/queue-to-send.ts';
import { context } from '../../support/records.ts';
import { channelMessage } from '../../support/senders-to-try.ts';
import { startSns } from '../../support/sns-stand-in.ts';
import { startSsm } from '../../support/ssm-stand-in.ts';

const [queue, sns, ssm] = await Promise.all([queueToSend(), startSns(), startSsm()]);
await queue.renew();

type Handler = (event: SQSEvent | SendRequest) => Promise<SQSBatchResponse & SendAnswer>;

const PREFIX = 'arn:aws:sns:eu-west-1:123456789012:DeadlineNotifications-Alerts-';
const load = async (settings: Record<string, string> = {}): Promise<Handler> => {
  const environment = {
    ...localEngines('http://127.0.0.1:1', LOCAL.credentials),
    ...AUDIBLE,
    AWS_ENDPOINT_URL_SNS: sns.endpoint,
    AWS_ENDPOINT_URL_SQS: queue.endpoint,
    AWS_ENDPOINT_URL_SSM: ssm.endpoint,
    ALERT_QUEUE_URL: queue.urls.queueUrl,
    UNSENT_ALERTS_URL: queue.urls.unsentUrl,
    EMAIL_TOPIC_PREFIX: PREFIX,
    ALERT_HOSTS: 'localhost',
    ...settings,
  };
  const handler = await loadFunction<SQSEvent | SendRequest, SQSBatchResponse & SendAnswer>(
    environment,
    () => import('../../../src/alerts/sender-handler.ts') as never,
  );
  return (event) => handler(event, context());
};
const handler = await load();
const lines = captureLines();
beforeEach(() => {
  sns.reset();
  ssm.reset();
});

test('a line of the log has the fields of the message, as numbers where they are', async () => {
  await queue.put(channelMessage('log', { id: 'log' }));
  expect(await queue.drain(handler)).toBe(1);
  expect(lines).toMatchObject([
    { level: 'WARN', message: 'alert', alert: 'failures', failed: 7 },
    { level: 'INFO', message: 'Alert sent', alert: 'failures', channel: 'log', id: 'log' },
  ]);
});

test('the log shows no terminal what it would obey', async () => {
  const payload = { level: 'INFO', text: 'sq010\u001b[2J\u202e' };
  const [answer] = (await handler({ ask: 'send', messages: [channelMessage('log', { payload })] }))
    .answers;
  expect(answer).toMatchObject({ status: 'sent' });
  expect(lines).toMatchObject([{ level: 'INFO', text: 'sq010\\u001b[2J\\u202e' }]);
});

test('mail is published to the topic of its address', async () => {
  await queue.put(channelMessage('email:wranglers@example.com', { id: 'mail' }));
  expect(await queue.drain(handler)).toBe(1);
  const TopicArn = PREFIX + emailTopicId('wranglers@example.com');
  expect(sns.published).toMatchObject([{ region: 'eu-west-1', TopicArn }]);
});

test('a webhook is posted to at the URL that its parameter has, which nothing tells', async () => {
  ssm.parameters.set('/deadline/slack', 'https://localhost:1/hooks/a-secret-token');
  const { answers } = await handler({
    ask: 'send',
    messages: [channelMessage('slack:/deadline/slack')],
  });
  expect(answers).toEqual([
    {
      status: 'later',
      reason: expect.stringMatching(/^localhost:1 has not answered: .*ECONNREFUSED/),
    },
  ]);
  expect(ssm.asked).toEqual([{ Name: '/deadline/slack', WithDecryption: true }]);
});

test('what the command line asks to send goes to what the parameters have by then', async () => {
  const ask = () => handler({ ask: 'send', messages: [channelMessage('slack:/deadline/moved')] });
  ssm.parameters.set('/deadline/moved', 'https://localhost:1/old');
  expect(await ask()).toMatchObject({
    answers: [{ reason: expect.stringMatching(/^localhost:1 /) }],
  });
  ssm.parameters.set('/deadline/moved', 'https://localhost:2/new');
  expect(await ask()).toMatchObject({
    answers: [{ reason: expect.stringMatching(/^localhost:2 /) }],
  });
});

test('a parameter that is missing or wrong makes an unsent alert, by its name', async () => {
  ssm.parameters.set('/deadline/discord', 'https://hooks.slack.com/services/a-secret-token');
  await queue.put(channelMessage('slack:/deadline/missing', { id: 'missing' }), 'slack');
  await queue.put(channelMessage('discord:/deadline/discord', { id: 'wrong' }), 'discord');
  expect(await queue.drain(handler)).toBe(2);
  const unsent = await queue.unsent();
  expect(unsent.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('The parameter /deadline/missing does not exist. Store it: aws ssm'),
    expect.stringContaining('The parameter /deadline/discord has a URL that is not Discord'),
  ]);
  expect(JSON.stringify([unsent, lines])).not.toContain('token');
});

test('a parameter that is denied delays the alert', async () => {
  ssm.refusal = { status: 400, error: 'AccessDeniedException', message: 'no' };
  await queue.put(channelMessage('slack:/deadline/denied', { id: 'denied' }), 'denied');
  const record = await queue.receive();
  if (record === undefined) throw new Error('nothing is in the queue');
  expect(await handler({ Records: [record] })).toEqual({
    batchItemFailures: [{ itemIdentifier: record.messageId }],
  });
  expect(lines).toMatchObject([{ level: 'WARN', message: 'Alert delayed', receives: 1 }]);
  expect(await queue.receive()).toBeUndefined();
});

test('a URL in place of a parameter is refused', async () => {
  const messages = [channelMessage('slack:http://127.0.0.1:1/a-secret-token')];
  const { answers } = await handler({ ask: 'send', messages });
  expect(answers).toMatchObject([{ status: 'never' }]);
  expect(JSON.stringify(answers)).not.toContain('token');
});

test('an event that is neither is refused', async () => {
  await expect(handler({} as SQSEvent)).rejects.toThrow('Not an SQS event: Records is missing');
  const event = { ask: 'alerts' } as unknown as SendRequest;
  await expect(handler(event)).rejects.toThrow('Not a request to send: messages is missing');
});

test('without a setting, it does not start', async () => {
  await expect(load({ ALERT_QUEUE_URL: '' })).rejects.toThrow('ALERT_QUEUE_URL must be the URL');
});
