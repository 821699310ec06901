import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { LOCAL, localEngines } from '../../../src/local/engines/environment.ts';
import { AUDIBLE, captureLines } from '../../support/captured-lines.ts';
import { loadFunction } from '../../support/load-function.ts';
import { context } from '../../support/records.ts';
import { startEventBus } from '../../support/refusing-bus.ts';
import { entry, streamEvent, streamRecord } from '../../support/stream-events.ts';

const bus = await startEventBus();
const handler = await loadFunction<DynamoDBStreamEvent, DynamoDBBatchResponse>(
  {
    ...localEngines('http://127.0.0.1:1', LOCAL.credentials),
    ...AUDIBLE,
    AWS_ENDPOINT_URL_EVENTBRIDGE: bus.endpoint,
  },
  () => import('../../../src/events/events-handler.ts'),
);
const lines = captureLines();

test('a batch logs one line of counts', async () => {
  const records = [streamRecord(0), streamRecord(1), streamRecord(2, {}, 'REMOVE')];
  await handler(streamEvent(...records), context());
  const counts = { received: 3, published: 2, invalid: 0, unsent: 0 };
  expect(lines).toMatchObject([{ level: 'INFO', message: 'Events', ...counts }]);
});

test('it logs which event the bus will never take, and why others are not published', async () => {
  bus.refusalOf = ({ Detail }) =>
    JSON.parse(Detail).taskId === '0' ? 'MalformedDetail' : 'AccessDeniedException';
  await handler(streamEvent(streamRecord(0), streamRecord(1)), context());
  const id = `${entry(0).job_id}/${entry(0).at}`;
  expect(lines).toMatchObject([
    { level: 'ERROR', message: 'Invalid event', id, reason: 'MalformedDetail: injected' },
    {
      level: 'ERROR',
      message: 'Events',
      published: 0,
      invalid: 1,
      unsent: 1,
      unsentBecause: 'AccessDeniedException: injected',
    },
  ]);
});
