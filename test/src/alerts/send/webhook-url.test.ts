import { expect, test } from 'vitest';
import { readWebhookUrl, type UrlRules } from '../../../../src/alerts/send/webhook-url.ts';
import { POSTED, type PostedChannel } from '../../../../src/shared/alerts/channel.ts';

const AWS: UrlRules = { slackHosts: [], isLocal: false };
const LOCAL: UrlRules = { slackHosts: [], isLocal: true };
type Kind = PostedChannel['kind'];

const read = (kind: Kind, text: string, rules = AWS) => {
  const url = readWebhookUrl(kind, text, rules);
  return 'problem' in url ? url.problem : url.href;
};

test.for<[Kind, string]>([
  ['slack', 'https://hooks.slack.com/services/T0/B0/secret'],
  ['slack', 'https://hooks.slack-gov.com/services/T0/B0/secret'],
  ['slack', 'https://hooks.slack.com/triggers/T0/1/secret'],
  ['discord', 'https://discord.com/api/webhooks/1/secret'],
  ['discord', 'https://canary.discord.com/api/webhooks/1/secret'],
  ['discord', 'https://discordapp.com/api/webhooks/1/secret'],
  ['teams', 'https://prod-05.westeurope.logic.azure.com/workflows/1?sig=secret'],
  ['teams', 'https://default0.61.environment.api.powerplatform.com/powerautomate/1?sig=secret'],
  ['teams', 'https://prod-1.usgovtexas.logic.azure.us/workflows/1?sig=secret'],
  ['teams', 'https://0.1.environment.api.gov.powerplatform.microsoft.us/1?sig=secret'],
  ['teams', 'https://0.1.environment.api.high.powerplatform.microsoft.us/1?sig=secret'],
  ['teams', 'https://0.1.environment.api.appsplatform.us/1?sig=secret'],
  ['teams', 'https://0.1.environment.api.powerplatform.partner.microsoftonline.cn/1?sig=secret'],
  ['webhook', 'https://hooks.example.com/secret'],
  ['webhook', 'https://hooks.example.com:8443/secret'],
])('a channel of the kind %s has %s', ([kind, url]) => {
  expect(read(kind, url)).toBe(url);
  expect(read(kind, `  ${url}\n`)).toBe(url);
});

test('the port that Microsoft writes, and capital letters, are no other host', () => {
  expect(read('teams', 'https://prod-1.westus.logic.azure.com:443/workflows/1')).toMatch(/^https:/);
  expect(read('slack', 'https://HOOKS.SLACK.COM/services/T0/B0/secret')).toMatch(/^https:/);
});

test.for<[Kind, string]>([
  ['slack', 'https://hooks.slack.com.example.com/services/secret'],
  ['slack', 'https://example.com/hooks.slack.com/secret'],
  ['slack', 'https://slack.com/services/secret'],
  ['slack', 'https://discord.com/api/webhooks/1/secret'],
  ['slack', 'https://chat.example.com/hooks/secret'],
  ['discord', 'https://hooks.slack.com/services/T0/B0/secret'],
  ['discord', 'https://notdiscord.com/api/webhooks/1/secret'],
  ['teams', 'https://logic.azure.com/workflows/secret'],
  ['teams', 'https://prod-1.logic.azure.com.example.com/workflows/secret'],
  ['teams', 'https://farm.webhook.office.com/webhookb2/secret'],
])('a channel of the kind %s has not %s, which is not told', ([kind, url]) => {
  const problem = read(kind, url);
  expect(problem).toMatch(/^has a URL that is not (Slack's|Discord's|that of a Teams workflow)\. /);
  expect(problem).not.toContain('secret');
});

test("a server that is compatible with Slack has a host of one's own", () => {
  const rules = { ...AWS, slackHosts: ['chat.example.com'] };
  expect(read('slack', 'https://chat.example.com/hooks/secret', rules)).toMatch(/^https:/);
  expect(read('slack', 'https://hooks.slack.com/services/1', rules)).toMatch(/^https:/);
  expect(read('slack', 'https://www.chat.example.com/hooks/secret', rules)).toContain('alertHosts');
  expect(read('discord', 'https://chat.example.com/hooks/secret', rules)).toContain(
    "not Discord's",
  );
});

test.for([
  ['', 'is empty'],
  [' \n', 'is empty'],
  ['secret', 'is no URL'],
  ['"https://hooks.slack.com/secret"', 'is no URL'],
  ['{"url": "https://hooks.slack.com/secret"}', 'is no URL'],
  ['http://hooks.slack.com/services/secret', 'has a URL that does not begin with https:'],
  ['http://127.0.0.1:8065/hooks/secret', 'has a URL that does not begin with https:'],
  ['ftp://hooks.slack.com/secret', 'has a URL that does not begin with https:'],
  ['javascript:secret', 'has a URL that does not begin with https:'],
  ['https://anna:secret@hooks.slack.com/1', 'has a user name or a password in its URL, which'],
])('of %j it is said that it %s', ([text, problem]) => {
  for (const kind of POSTED) {
    expect(read(kind, text as string)).toContain(problem);
    expect(read(kind, text as string)).not.toContain('secret');
  }
});

test.for([
  'http://127.0.0.1:8065/1',
  'http://127.1.2.3/1',
  'http://localhost:80/1',
  'http://[::1]:8/1',
])('on this machine, each channel has %s', (url) => {
  for (const kind of POSTED) {
    expect(read(kind, url, LOCAL)).toMatch(/^http:/);
    expect(read(kind, 'https://chat.example.com/1', LOCAL)).toMatch(/^https:/);
  }
});

test.for(['http://10.0.0.5/1', 'http://localhost.example.com/1', 'http://127.0.0.1.example.com/1'])(
  'nor does it have %s there',
  (url) => {
    expect(read('slack', url, LOCAL)).toBe('has a URL that does not begin with https:');
  },
);
