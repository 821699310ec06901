import { expect, test } from 'vitest';
import { webhookBodies } from '../../../../src/alerts/render/webhook-body.ts';
import { payloadBreaches } from '../../../support/channel-schemas.ts';
import { jobTransition, taskTransition } from '../../../support/transition-samples.ts';

test('what was sent, with nothing added and nothing left out', () => {
  const transitions = [taskTransition(), jobTransition({ name: '<!channel>\u202e' })];
  expect(webhookBodies('failures', transitions)).toEqual([{ alert: 'failures', transitions }]);
});

test.for([
  [1, [1]],
  [100, [100]],
  [101, [100, 1]],
  [250, [100, 100, 50]],
] as const)('%d transitions: %j', ([count, lengths]) => {
  const all = Array.from({ length: count }, (_, task) => taskTransition({ id: `${task}`, task }));
  const bodies = webhookBodies('failures', all);
  expect(bodies.map(({ transitions }) => transitions.length)).toEqual(lengths);
  expect(bodies.flatMap(({ transitions }) => transitions)).toEqual(all);
});

test('transitions that are large: at most 128 KB each', () => {
  // As large as an entry of the history, of characters that JSON makes longest.
  const reason = '\u0001'.repeat(1_024);
  const all = Array.from({ length: 100 }, (_, task) => taskTransition({ id: `${task}`, reason }));
  const bodies = webhookBodies('failures', all);
  expect(bodies.flatMap(({ transitions }) => transitions)).toEqual(all);
  expect(bodies.length).toBe(5);
  for (const body of bodies) expect(payloadBreaches('webhook', body)).toBeUndefined();
});
