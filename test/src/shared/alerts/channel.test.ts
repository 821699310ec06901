import { expect, test } from 'vitest';
import { parseChannel } from '../../../../src/shared/alerts/channel.ts';

test.for<[text: string, channel: object]>([
  ['log', { kind: 'log' }],
  ['slack:/deadline/slack', { kind: 'slack', url: '/deadline/slack' }],
  ['teams:a-name', { kind: 'teams', url: 'a-name' }],
  ['discord:/a/b/c', { kind: 'discord', url: '/a/b/c' }],
  ['webhook:/deadline/hook', { kind: 'webhook', url: '/deadline/hook' }],
  ['webhook:/hook#/secret', { kind: 'webhook', url: '/hook', secret: '/secret' }],
  ['email:wranglers@example.com', { kind: 'email', address: 'wranglers@example.com' }],
  [
    'sns:arn:aws:sns:eu-west-1:123456789012:farm',
    { kind: 'sns', topicArn: 'arn:aws:sns:eu-west-1:123456789012:farm' },
  ],
])('%s', ([text, channel]) => {
  expect(parseChannel(text)).toEqual({ text, ...channel });
});

test.for<[text: string, problem: string]>([
  ['', 'is no channel: write slack:, teams:'],
  ['Log', 'is no channel'],
  ['slack', 'is no channel'],
  ['slack:', 'must have the name of an SSM parameter after slack:'],
  ['slack:/a b', 'must have the name of an SSM parameter'],
  ['slack:/a#/b', 'has a # too many'],
  ['webhook:/a#/b#/c', 'has a # too many'],
  ['webhook:/a#', 'must have the name of an SSM parameter after webhook: and after #'],
  ['slack:/aws/x', 'has a name that AWS reserves'],
  ['webhook:/x#ssm-secret', 'has a name that AWS reserves'],
  ['slack:https://hooks.slack.com/services/x', 'has a URL, which is a secret.'],
  ['email:wranglers', 'must have an e-mail address'],
  ['email:a b@example.com', 'must have an e-mail address'],
  ['sns:farm', 'must have the ARN of an SNS topic'],
])('%s %s', ([text, problem]) => {
  expect(parseChannel(text)).toEqual({ problem: expect.stringContaining(problem) });
});

test('on this machine, a channel can have its URL', () => {
  const url = 'http://127.0.0.1:8080/hook';
  expect(parseChannel(`slack:${url}`, true)).toEqual({ kind: 'slack', text: `slack:${url}`, url });
  expect(parseChannel(`webhook:${url}#key`, true)).toMatchObject({ url, secret: 'key' });
  expect(parseChannel(`slack:${url}#key`, true)).toEqual({
    problem: 'has a #, which only a webhook has',
  });
  expect(parseChannel('slack:http://', true)).toEqual({ problem: 'has no URL' });
  expect(parseChannel('slack:/deadline/slack', true)).toMatchObject({ url: '/deadline/slack' });
});
