import { expect, test } from 'vitest';
import { loadFunction } from '../../../support/load-function.ts';
import { first, startProxy } from '../../../support/proxy.ts';
import { context, event, record, task } from '../../../support/records.ts';
import { emptyTables } from '../../../support/test-tables.ts';

const proxy = await startProxy();
const { environment, row } = await emptyTables(proxy.endpoint);
const handler = await loadFunction(environment);

test('a request that DynamoDB does not answer times out after five seconds and is retried', async () => {
  proxy.faultOf = first('BatchGetItem', { delay: 12_000 });
  const limited = context(10_000);
  const answer = await handler(event(record(task('j', 0))), limited);
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(limited.getRemainingTimeInMillis()).toBeLessThan(5_000);
  expect(proxy.calls.filter(({ operation }) => operation === 'BatchGetItem')).toHaveLength(2);
  expect(await row('j', 0)).toBeDefined();
});
