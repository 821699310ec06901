import { expect, test } from 'vitest';
import golden from '../../support/documented-example.json' with { type: 'json' };
import { loadFunction } from '../../support/load-function.ts';
import { context } from '../../support/records.ts';
import { emptyTables, type RawItem } from '../../support/test-tables.ts';

test.for(golden)('$name is stored as the documented example stores it', async (example) => {
  const { environment, row } = await emptyTables();
  const handler = await loadFunction(environment);
  const items = [...example.jobs, ...example.tasks] as unknown as RawItem[];
  expect(items).toHaveLength(1);

  expect(await handler(example.event as never, context())).toEqual({ batchItemFailures: [] });

  for (const item of items) {
    const taskId = item.task_id?.N;
    const stored = await row(
      item.job_id?.S ?? '',
      taskId === undefined ? undefined : Number(taskId),
    );
    expect(stored).toEqual(item);
  }
});
