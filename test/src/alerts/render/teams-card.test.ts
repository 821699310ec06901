import { expect, test } from 'vitest';
import {
  completedJob,
  failedJob,
  failedTasks,
  lateNotifications,
  payloadOf,
  sampleAlert,
  storm,
} from '../../../support/alerts-of-a-night.ts';
import { payloadBreaches } from '../../../support/channel-schemas.ts';

const richText = (...inlines: object[]) => ({ type: 'RichTextBlock', inlines });
const run = (text: string, look: object = {}) => ({ type: 'TextRun', text, ...look });
const mono = { fontType: 'Monospace' };
const bold = { weight: 'Bolder' };

test('a job failed', () => {
  const payload = payloadOf(failedJob(), 'teams');
  expect(payload).toEqual({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          fallbackText: 'Failed: sq040_sh0310_cache_v003, 7 of 41 tasks',
          body: [
            {
              type: 'Container',
              style: 'attention',
              bleed: true,
              items: [
                richText(
                  run('✗ Failed: ', { ...bold, color: 'Attention' }),
                  run('sq040_sh0310_cache_v003', bold),
                  run('  7 of 41 tasks'),
                ),
              ],
            },
            richText(
              run('fx-3 · Houdini · fx · ran 25:35 · 12 errors · 01:47:23 EST', { isSubtle: true }),
            ),
            richText(run('workers  render-035 ×2, 5 others, one each')),
            richText(run('frames  '), run('1027-1040', mono)),
            richText(run('deadline-notifications job 6b067e72f6ac6ffc9125246d', mono)),
            { type: 'TextBlock', text: '<at>Ana Ruiz</at>', wrap: true },
          ],
          msteams: {
            width: 'Full',
            entities: [
              {
                type: 'mention',
                text: '<at>Ana Ruiz</at>',
                mentioned: { id: 'ana.ruiz@example.com', name: 'Ana Ruiz' },
              },
            ],
          },
        },
      },
    ],
  });
  expect(payloadBreaches('teams', payload)).toBeUndefined();
});

const contentOf = (payload: ReturnType<typeof payloadOf>) => payload.attachments[0].content;

test('tasks of a job that goes on', () => {
  const { body, msteams } = contentOf(payloadOf(failedTasks(), 'teams'));
  expect(body[0].items[0].inlines).toEqual([
    run('✗ Failed: ', { ...bold, color: 'Attention' }),
    run('12 of 71 tasks of '),
    run('sq090_sh0380_pyro_v025', bold),
    run(' in 58 s; the job goes on'),
  ]);
  expect(body.at(-1)).toEqual(
    richText(run('name and user from its last stop', { isSubtle: true })),
  );
  expect(msteams).toEqual({ width: 'Full' });
});

test('many jobs, a line each', () => {
  const payload = payloadOf(storm(), 'teams');
  const { body } = contentOf(payload);
  expect(body[0].items[0].inlines).toEqual([
    run('✗ ', { ...bold, color: 'Attention' }),
    run('34 jobs failed', bold),
    run(' in 52 s: 121 tasks'),
    run(', 05:31:08-05:32:00 EST'),
  ]);
  expect(body[1]).toEqual(richText(run('in common  '), run('Nuke in 31 of 34 jobs', bold)));
  const nbsp = '\u00a0';
  expect(body[5]).toEqual({
    ...richText(run(`sq120_sh0040_comp_v011${nbsp.repeat(6)}8 of 30`, mono)),
    spacing: 'None',
  });
  expect(payloadBreaches('teams', payload)).toBeUndefined();
});

test('the words of an alert', () => {
  const alert = sampleAlert({ text: '**{name}** is done' });
  const { body } = contentOf(payloadOf(completedJob(), 'teams', alert));
  expect(body[0].items[0].inlines.map(({ text }: { text: string }) => text).join('')).toBe(
    '✓ **sq060_sh0270_beauty_v006** is done',
  );
});

test('over an hour late: one line', () => {
  const payload = payloadOf(lateNotifications(), 'teams');
  expect(contentOf(payload).body).toHaveLength(1);
  expect(payloadBreaches('teams', payload)).toBeUndefined();
});
