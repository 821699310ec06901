import { expect, test } from 'vitest';
import { readSenderSettings } from '../../../src/alerts/sender-settings.ts';

const COMPLETE = {
  ALERT_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/Alerts.fifo',
  UNSENT_ALERTS_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/UnsentAlerts.fifo',
  EMAIL_TOPIC_PREFIX: 'arn:aws:sns:eu-west-1:123456789012:DeadlineNotifications-Alerts-',
};

test('the settings come from the environment', () => {
  expect(readSenderSettings(COMPLETE)).toEqual({
    queueUrl: COMPLETE.ALERT_QUEUE_URL,
    unsentUrl: COMPLETE.UNSENT_ALERTS_URL,
    emailTopicPrefix: COMPLETE.EMAIL_TOPIC_PREFIX,
    slackHosts: [],
  });
});

test.for([
  ['', []],
  ['chat.example.com', ['chat.example.com']],
  ['Chat.Example.com, münchen.example ,', ['chat.example.com', 'xn--mnchen-3ya.example']],
  ['chat.example.com:8065', ['chat.example.com']],
] as const)('ALERT_HOSTS=%s are hosts as URLs have them', ([ALERT_HOSTS, hosts]) => {
  expect(readSenderSettings({ ...COMPLETE, ALERT_HOSTS }).slackHosts).toEqual(hosts);
});

test.for([
  [{ ALERT_QUEUE_URL: undefined }, 'ALERT_QUEUE_URL is missing'],
  [{ UNSENT_ALERTS_URL: 'Unsent' }, 'UNSENT_ALERTS_URL must be the URL of an SQS queue'],
  [{ EMAIL_TOPIC_PREFIX: undefined }, 'EMAIL_TOPIC_PREFIX is missing'],
  [{ EMAIL_TOPIC_PREFIX: 'Alerts-' }, 'EMAIL_TOPIC_PREFIX must be the beginning of the ARN'],
  [{ ALERT_HOSTS: 'chat.example.com,a b' }, 'ALERT_HOSTS has a b, which is no host'],
] as const)('with %j, it says %s', ([changed, problem]) => {
  expect(() => readSenderSettings({ ...COMPLETE, ...changed })).toThrow(problem);
});
