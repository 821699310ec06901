import { expect, test } from 'vitest';
import { toItemOrOutcome } from '../../../../src/ingest/ingest.ts';
import { loadFunction } from '../../../support/load-function.ts';
import { context, event, record, task } from '../../../support/records.ts';
import { emptyTables } from '../../../support/test-tables.ts';

const { environment, row } = await emptyTables();
const handler = await loadFunction(environment);

const fields = (count: number, prefix: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, index]));

test.for(['', 'é', '名', '😀', '"', "'"].map((character) => character.repeat(20)))(
  'a row of as many fields named %s as are taken can be replaced by one of as many others',
  async (character) => {
    const jobId = crypto.randomUUID();
    const largest = (prefix: string) => {
      const counts = Array.from({ length: 250 }, (_, index) => 250 - index);
      const count = counts.find((each) => {
        return !(
          'reason' in toItemOrOutcome(record(task(jobId, 0, fields(each, character + prefix))))
        );
      });
      return task(jobId, 0, fields(count ?? 0, character + prefix));
    };
    const batches = [record(largest('First'), 1_000), record(largest('Other'), 1_001)];
    for (const each of batches) {
      expect(await handler(event(each), context())).toEqual({ batchItemFailures: [] });
    }
    expect(await row(jobId, 0)).toMatchObject({
      sent_timestamp: { N: '1001' },
      [`${character}Other20`]: { N: '20' },
    });
  },
);

test('a rejected notification does not hold back the one that it would supersede', async () => {
  const jobId = crypto.randomUUID();
  const older = record(task(jobId, 0, { state: 'older' }), 1_000);
  const bad = record(task(jobId, 0, fields(2_000, 'Field')), 1_001);
  expect(await handler(event(bad, older), context())).toEqual({
    batchItemFailures: [{ itemIdentifier: bad.messageId }],
  });
  expect((await row(jobId, 0))?.state).toEqual({ S: 'older' });
});

test.for([
  ['nothing', undefined],
  ['no records', {}],
  ['an event from SNS', { Records: [{ EventSource: 'aws:sns', Sns: {} }] }],
])('%s is not an SQS event', async ([, notSqs]) => {
  await expect(handler(notSqs as never, context())).rejects.toThrow('Not an SQS event');
});
