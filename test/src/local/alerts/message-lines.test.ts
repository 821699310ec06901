import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { messageLines } from '../../../../src/local/alerts/message-lines.ts';
import type { ChannelKind } from '../../../../src/shared/alerts/channel.ts';
import {
  CHANNELS,
  completedJob,
  failedJob,
  failedTasks,
  lateNotifications,
  payloadOf,
  storm,
} from '../../../support/alerts-of-a-night.ts';

const WIDTH = 80;
const MESSAGES = [failedJob(), failedTasks(), completedJob(), storm(), lateNotifications()];
const linesOf = (kind: ChannelKind, message: (typeof MESSAGES)[number] = failedJob()) =>
  messageLines(CHANNELS[kind].text, payloadOf(message, kind), WIDTH);

test('of Slack, the lines that people read', () => {
  expect(linesOf('slack')).toEqual([
    'slack:/deadline/slack-webhook:',
    '  ✗ sq040_sh0310_cache_v003 failed: 7 of 41 tasks  <@U02FX3AAAA>',
    '  fx-3 · Houdini · fx · ran 25:35 · 12 errors · 01:47:23 EST',
    '  workers  render-035 ×2, 5 others, one each',
    '  frames  1027-1040',
    '  deadline-notifications job 6b067e72f6ac6ffc9125246d',
    '  alert failures · job 6b067e72f6ac6ffc9125246d',
    '',
  ]);
});

test('of Discord, without what makes text bold or literal', () => {
  expect(linesOf('discord')).toEqual([
    'discord:/deadline/discord:',
    '  <@112233445566778899>',
    '  ✗ Failed: sq040_sh0310_cache_v003',
    '  7 of 41 tasks failed, ran 25:35, 12 errors',
    '  fx-3 · Houdini · fx',
    '  workers  render-035 ×2, 5 others, one each',
    '  frames  1027-1040',
    '  look further  deadline-notifications job 6b067e72f6ac6ffc9125246d',
    '  alert failures',
    '',
  ]);
});

test('of Teams, the texts of the card', () => {
  expect(linesOf('teams').slice(0, 3)).toEqual([
    'teams:/deadline/teams:',
    '  ✗ Failed: sq040_sh0310_cache_v003  7 of 41 tasks',
    '  fx-3 · Houdini · fx · ran 25:35 · 12 errors · 01:47:23 EST',
  ]);
});

test('of mail, its subject and text', () => {
  expect(linesOf('email').slice(0, 4)).toEqual([
    'email:wranglers@example.com:',
    '  Subject: [failures] Failed: sq040_sh0310_cache_v003, 7 of 41 tasks (fx-3)',
    '',
    '  sq040_sh0310_cache_v003 failed at 01:47:23 EST on Nov 25: 7 of 41 tasks.',
  ]);
});

test('of a webhook, a line for each of its first transitions', () => {
  const transitions = Array.from({ length: 12 }, (_, task) => ({
    ...{ at: '2026-11-25T06:47:23.632Z', job: '6b067e72f6ac6ffc9125246d' },
    ...{ transition: 'task-failed', task: task === 0 ? null : task },
  }));
  const lines = messageLines('webhook:/deadline/hook', { alert: 'failures', transitions }, WIDTH);
  expect(lines.slice(0, 4)).toEqual([
    'webhook:/deadline/hook:',
    '  alert failures, transitions: 12',
    '  2026-11-25T06:47:23.632Z task-failed 6b067e72f6ac6ffc9125246d',
    '  2026-11-25T06:47:23.632Z task-failed 6b067e72f6ac6ffc9125246d task 1',
  ]);
  expect(lines.slice(-2)).toEqual(['  2 more', '']);
});

test('of the log, its JSON', () => {
  const text = linesOf('log').slice(1).join(' ');
  expect(JSON.parse(text)).toEqual(payloadOf(failedJob(), 'log'));
});

test.for(Object.keys(CHANNELS) as ChannelKind[])(
  'all messages of %s fit on a screen, and show no markup',
  (kind) => {
    for (const message of MESSAGES) {
      const lines = linesOf(kind, message);
      expect(lines.filter((line) => stringWidth(line) > WIDTH)).toEqual([]);
      expect(lines.join('\n')).not.toMatch(/undefined|\[object|\\_|```|\*\*/);
    }
  },
);

test('nothing steers the terminal', () => {
  const lines = messageLines('slack:/x', { text: 'a\u001b[2Jb\u202e' }, WIDTH);
  expect(lines).toEqual(['slack:/x:', '  a\\u001b[2Jb\\u202e', '']);
});
