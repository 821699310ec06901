import { expect, test } from 'vitest';
import {
  completedJob,
  failedJob,
  lateNotifications,
  payloadOf,
  sampleAlert,
  storm,
} from '../../../support/alerts-of-a-night.ts';
import { payloadBreaches } from '../../../support/channel-schemas.ts';

test('a job failed', () => {
  const payload = payloadOf(failedJob(), 'discord');
  expect(payload).toEqual({
    content: '<@112233445566778899>',
    allowed_mentions: { parse: [], users: ['112233445566778899'] },
    embeds: [
      {
        title: '✗ Failed: sq040\\_sh0310\\_cache\\_v003',
        color: 11346953,
        description: '**7 of 41 tasks failed**, ran 25:35, 12 errors\nfx-3 · Houdini · fx',
        fields: [
          { name: 'workers', value: 'render-035 ×2, 5 others, one each', inline: false },
          { name: 'frames', value: '`1027-1040`', inline: false },
          {
            name: 'look further',
            value: '```\ndeadline-notifications job 6b067e72f6ac6ffc9125246d\n```',
            inline: false,
          },
        ],
        footer: { text: 'alert failures' },
        timestamp: '2026-11-25T06:47:23.632Z',
      },
    ],
  });
  expect(payloadBreaches('discord', payload)).toBeUndefined();
});

test('whoever has no id there is not mentioned', () => {
  const payload = payloadOf(completedJob(), 'discord');
  expect(payload).not.toHaveProperty('content');
  expect(payload.allowed_mentions).toEqual({ parse: [] });
  expect(payload.embeds[0].description).toBe(
    '**137 tasks in 7:18:20, none failed**, 2 errors on the way\n' +
      'lighting-4 · Katana · sq060\\_sh0270\\_lighting',
  );
});

test('names mean nothing, an alert’s own words may', () => {
  const job = { ...failedJob().job, name: '**@everyone** [x](https://a.b) `' };
  const alert = sampleAlert({ text: '**{name}** failed' });
  const own = payloadOf(failedJob({ job }), 'discord', alert).embeds[0];
  const name = '\\*\\*\\@everyone\\*\\* \\[x\\]\\(https\\://a.b\\) \\`';
  expect(own.title).toBe(`✗ **${name}** failed`);
  expect(payloadOf(failedJob({ job }), 'discord').embeds[0].title).toBe(`✗ Failed: ${name}`);
});

test('what is code has no backtick', () => {
  const worst = [{ job: { ...failedJob().job, name: '```js' }, tasks: 3 }];
  const { description } = payloadOf(storm({ worst }), 'discord').embeds[0];
  expect(description).toBe(
    "**34 jobs failed in 52 s: 121 tasks**\n```\n'''js  3 of 41\n24 more jobs, 63 tasks\n```",
  );
});

test('over an hour late: one line without a color', () => {
  const payload = payloadOf(lateNotifications(), 'discord');
  expect(payload).toEqual({
    content:
      '**Late:** what was sent from Nov 24 22:10 to Nov 25 01:40 EST came just now: ' +
      '6 jobs failed, 41 tasks failed, 88 jobs completed. `deadline-notifications failed --since 5h`',
    allowed_mentions: { parse: [] },
  });
  expect(payloadBreaches('discord', payload)).toBeUndefined();
});
