import { expect, test } from 'vitest';
import { HANDLERS } from '../../../bench/handler/baselines.ts';
import golden from '../../support/documented-example.json' with { type: 'json' };
import { loadFunction } from '../../support/load-function.ts';
import { context } from '../../support/records.ts';
import { emptyTables } from '../../support/test-tables.ts';

const [, documented] = golden as [unknown, (typeof golden)[number]];

test.for(Object.entries(HANDLERS))('%s makes the documented row', async ([, load]) => {
  const { environment, row } = await emptyTables();
  const handler = await loadFunction(environment, load);
  const { batchItemFailures } = await handler(documented.event, context());
  expect(batchItemFailures).toEqual([]);
  expect(await row('5f15e68eb8274818a0570167', 0)).toEqual(documented.tasks[0]);
});
