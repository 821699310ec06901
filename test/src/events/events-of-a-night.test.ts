import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import { expect, test } from 'vitest';
import { toEventEntry } from '../../../src/events/event-entry.ts';
import { toEntry } from '../../../src/ingest/history/entry.ts';
import { toItem } from '../../../src/ingest/item/item.ts';
import { deliveredEvent, type SentEntry } from '../../../src/local/engines/event-bus-local.ts';
import { simulateFarm } from '../../../src/local/farm/simulate-farm.ts';
import { toTransition } from '../../../src/shared/stream-event.ts';
import { breaches } from '../../support/event-schema.ts';
import { readCorpus } from '../../support/read-corpus.ts';
import { record } from '../../support/records.ts';
import { NO_IDS } from '../../support/transition-samples.ts';

/** The event of a notification; `undefined` if it has no entry in the history. */
function eventOf(record: SQSRecord) {
  const entry = toEntry(toItem(record), record.body, { level: 'all', days: 30 });
  const transition = entry && toTransition(unmarshall(entry.attributes));
  if (transition === undefined) return undefined;
  const { Time, ...others } = toEventEntry(transition, NO_IDS);
  return deliveredEvent({ ...others, Time: Number(Time) / 1_000 } as SentEntry);
}

test('each notification of a made-up night is an event that fits the schema', () => {
  const night = simulateFarm({ seed: 1, end: Date.parse('2026-11-26T09:00:00Z'), hours: 4 });
  const events = night
    .map(({ body, sent }) => eventOf(record(body, sent)))
    .filter((event) => event !== undefined);
  expect(events).toHaveLength(night.length);
  expect(events.map(breaches).filter(Boolean)).toEqual([]);
  const ids = events.map((event) => {
    const { deadline } = event.detail as { readonly deadline: { readonly id: string } };
    return deadline.id;
  });
  expect(new Set(ids).size).toBe(night.length);
});

test('each odd message that is stored is an event that fits the schema', async () => {
  const stored = (await readCorpus()).filter(({ expected }) => expected.outcome === 'stored');
  const events = stored.map(({ record }) => eventOf(record)).filter((event) => event !== undefined);
  expect(events.length).toBeGreaterThan(40);
  expect(events.map(breaches).filter(Boolean)).toEqual([]);
});
