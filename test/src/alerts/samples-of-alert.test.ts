import { expect, test } from 'vitest';
import { samplesOf } from '../../../src/alerts/samples-of-alert.ts';
import { TRANSITIONS } from '../../../src/shared/transitions.ts';
import { alertThat, NOW } from '../../support/alert-batches.ts';

const VIEW = { timeZone: 'UTC', stackName: undefined, now: NOW };

test('there is a sample of every transition for every channel, whatever the filters', async () => {
  const to = ['log', 'slack:/deadline/slack'];
  const alert = alertThat({ when: TRANSITIONS, to, user: 'someone', worker: 'another' });
  const samples = await samplesOf(alert, VIEW);
  expect(samples.map(({ transition, channel }) => [transition, channel])).toEqual(
    TRANSITIONS.flatMap((transition) => to.map((channel) => [transition, channel])),
  );
  expect(new Set(samples.map(({ id }) => id)).size).toBe(samples.length);
});

test('samples of later are other messages', async () => {
  const [first, second] = [NOW, NOW + 1].map((now) => samplesOf(alertThat(), { ...VIEW, now }));
  expect((await first)?.[0]?.id).not.toBe((await second)?.[0]?.id);
});
