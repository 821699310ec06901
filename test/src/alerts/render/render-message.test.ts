import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DISCORD_LIMITS } from '../../../../src/alerts/render/discord-embed.ts';
import { renderMessage } from '../../../../src/alerts/render/render-message.ts';
import { SLACK_LIMITS } from '../../../../src/alerts/render/slack-blocks.ts';
import { lookOf } from '../../../../src/alerts/render/status-look.ts';
import type { ChannelKind } from '../../../../src/shared/alerts/channel.ts';
import { TRANSITIONS } from '../../../../src/shared/transitions.ts';
import {
  CHANNELS,
  failedJob,
  failedTasks,
  NIGHT,
  payloadOf,
  sampleAlert,
} from '../../../support/alerts-of-a-night.ts';
import { payloadBreaches } from '../../../support/channel-schemas.ts';
import { oddAlert, oddMessage, oddText } from '../../../support/odd-messages.ts';
import { taskTransition } from '../../../support/transition-samples.ts';

const KINDS = Object.keys(CHANNELS) as ChannelKind[];

test('an id is of the alert, the channel, and the transitions in any order', () => {
  const id = (message = failedTasks(), alert = sampleAlert(), channel = CHANNELS.slack) =>
    renderMessage(message, alert, channel, NIGHT)[0]?.id;
  const first = id();
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  const { transitions } = failedTasks();
  expect(id(failedTasks({ transitions: transitions.toReversed(), count: 3 }))).toBe(first);
  const others = [
    id(failedTasks({ transitions: transitions.slice(1) })),
    id(failedTasks(), sampleAlert({ name: 'done' })),
    id(failedTasks(), sampleAlert(), CHANNELS.teams),
  ];
  expect(new Set([first, ...others]).size).toBe(4);
});

test('a webhook gets several messages, each with an id of its own', () => {
  const transitions = Array.from({ length: 250 }, (_, task) => taskTransition({ id: `${task}` }));
  const message = failedTasks({ transitions });
  const all = renderMessage(message, sampleAlert(), CHANNELS.webhook, NIGHT);
  expect(new Set(all.map(({ id }) => id)).size).toBe(3);
  expect(all[0]).toMatchObject({ alert: 'failures', channel: 'webhook:/deadline/hook' });
  expect(renderMessage(message, sampleAlert(), CHANNELS.log, NIGHT)).toHaveLength(1);
});

/** All texts of a payload. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** What calls someone, or is no longer a text, in the form that each channel has for it. */
const CALLS: Readonly<
  Partial<Record<ChannelKind, (payload: ReturnType<typeof payloadOf>) => boolean>>
> = {
  slack: ({ text, blocks }) =>
    /[<>]|@(?!\u200b)|&(?!(amp|lt|gt);)/.test(text) || JSON.stringify(blocks).includes('"user"'),
  discord: ({ content, allowed_mentions: { parse, users } }) =>
    parse.length > 0 || users !== undefined || /<|@/.test(content ?? ''),
  teams: ({ attachments: [{ content }] }) => {
    const types = content.body.map(({ type }: { type: string }) => type);
    return types.includes('TextBlock') || content.msteams.entities !== undefined;
  },
};

test('property: odd texts call nobody, break nothing, and stay within the limits', () => {
  fc.assert(
    fc.property(oddMessage, oddAlert, (message, alert) => {
      for (const kind of KINDS) {
        const payload = payloadOf(message, kind, alert);
        expect([kind, payloadBreaches(kind, payload)]).toEqual([kind, undefined]);
        if (kind !== 'webhook') {
          expect(textsOf(payload).every((text) => text.isWellFormed())).toBe(true);
        }
        // An alert's own words may say what they like, but not call anybody.
        expect([kind, CALLS[kind]?.(payload) ?? false]).toEqual([kind, false]);
      }
      const slack = payloadOf(message, 'slack', alert);
      expect(textsOf(slack.blocks).join('').length).toBeLessThanOrEqual(SLACK_LIMITS.characters);
      const [embed] = payloadOf(message, 'discord', alert).embeds ?? [{}];
      expect(textsOf(embed).join('').length).toBeLessThanOrEqual(DISCORD_LIMITS.characters);
    }),
    { numRuns: 100 },
  );
});

test('property: outside of code, no value of Discord’s Markdown means anything', () => {
  fc.assert(
    fc.property(oddText, oddText, (name, user) => {
      const job = { ...failedJob().job, name, user, plugin: undefined, department: undefined };
      const [{ title, description }] = payloadOf(failedJob({ job }), 'discord').embeds;
      const values = [title.replace('✗ Failed: ', ''), description.split('\n')[1] ?? ''];
      for (const value of values) {
        expect(value.replaceAll(/\\[\\*_~|>#[\]():@<`]/g, '')).not.toMatch(/[\\*_~|>#[\]():@<`]/);
      }
    }),
    { numRuns: 50 },
  );
});

test('property: 60 characters of a preview tell what became of which job', () => {
  const name = fc.stringMatching(/^[a-z0-9_]{1,24}$/);
  const transition = fc.constantFrom(...TRANSITIONS);
  fc.assert(
    fc.property(name, transition, fc.nat({ max: 999 }), (name, transition, count) => {
      const job = { ...failedJob().job, name, tasks: 1_000 };
      const transitions = [taskTransition({ transition })];
      const message = failedJob({ transition, transitions, job, count });
      for (const preview of [
        payloadOf(message, 'slack').text,
        payloadOf(message, 'email').subject.replace('[failures] ', ''),
        payloadOf(message, 'teams').attachments[0].content.fallbackText,
      ]) {
        const seen = preview.slice(0, 60);
        expect(seen).toMatch(new RegExp(`^${lookOf(transition).word}: .*\\b${name}\\b`));
        if (transition === 'job-failed' && count > 0) {
          expect(seen).toMatch(`${count} of 1000 tasks`);
        }
      }
    }),
    { numRuns: 50 },
  );
});

test('the longest name leaves room for the counts', () => {
  const job = { ...failedJob().job, name: 'x_'.repeat(5_000) };
  const { text } = payloadOf(failedJob({ job }), 'slack');
  expect(text.slice(0, 60)).toMatch(/^Failed: (x_)+x?…(_?x_)+, 7 of 41 tasks$/);
});
