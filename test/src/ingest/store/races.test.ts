import { beforeEach, describe, expect, inject, test } from 'vitest';
import { loadFunction } from '../../../support/load-function.ts';
import { first, startProxy } from '../../../support/proxy.ts';
import { context, event, record, task } from '../../../support/records.ts';
import { emptyTables, TASKS } from '../../../support/test-tables.ts';

const proxy = await startProxy();
const { environment, row } = await emptyTables(proxy.endpoint);
const handler = await loadFunction(environment);
/** The same function in another invocation, which no fault delays. */
const rival = await loadFunction({
  ...environment,
  AWS_ENDPOINT_URL_DYNAMODB: inject('dynamoDbEndpoint'),
});

let jobId: string;
beforeEach(() => {
  jobId = crypto.randomUUID();
  proxy.reset();
});

describe('a race lost between reading and writing', () => {
  const sentAt = (sent: number) => record(task(jobId, 0), sent);

  test.for([
    ['a new row', undefined],
    ['a stored row', 999],
  ] as const)('for %s is retried, and the newest wins', async ([, stored]) => {
    const write = (sent: number) => rival(event(sentAt(sent)), context());

    for (const [ours, theirs] of [
      [1_000, 1_001],
      [1_003, 1_002],
    ] as const) {
      jobId = crypto.randomUUID();
      if (stored) await write(stored);
      proxy.faultOf = first('BatchExecuteStatement', { meanwhile: () => write(theirs) });
      proxy.calls.length = 0;
      expect(await handler(event(sentAt(ours)), context())).toEqual({ batchItemFailures: [] });
      expect((await row(jobId, 0))?.sent_timestamp).toEqual({ N: String(Math.max(ours, theirs)) });
      expect(proxy.calls.filter(({ operation }) => operation === 'BatchGetItem')).toHaveLength(2);
    }
  });

  test('for a version newer by less than a millisecond is retried, too', async () => {
    const at = (Timestamp: string) => event(record(task(jobId, 0, { Timestamp }), 1_000));
    await rival(at('2020-01-01T00:00:00.0000001Z'), context());
    proxy.faultOf = first('BatchExecuteStatement', {
      meanwhile: () => rival(at('2020-01-01T00:00:00.0000003Z'), context()),
    });
    await handler(at('2020-01-01T00:00:00.0000002Z'), context());
    expect((await row(jobId, 0))?.timestamp).toEqual({ S: '2020-01-01T00:00:00.0000003Z' });
  });
});

test('a response for fewer statements than were sent confirms none of them', async () => {
  const older = record(task(jobId, 0, { state: 'older' }), 1_000);
  const newer = record(task(jobId, 0, { state: 'newer' }), 1_001);
  proxy.faultOf = first('BatchExecuteStatement', {
    meanwhile: () => rival(event(older), context()),
    // Of the two, the first was refused, as the rival came first: nothing says which is missing.
    change: ({ Responses }) => ({ Responses: (Responses as object[]).slice(1) }),
  });
  const batch = event(newer, record(task(jobId, 1)));
  expect(await handler(batch, context())).toEqual({ batchItemFailures: [] });
  expect((await row(jobId, 0))?.state).toEqual({ S: 'newer' });
});

test('rows are read with strong consistency', async () => {
  await handler(event(record(task(jobId, 0))), context());
  const [read] = proxy.calls;
  expect(read?.input.RequestItems?.[TASKS]).toMatchObject({ ConsistentRead: true });
});
