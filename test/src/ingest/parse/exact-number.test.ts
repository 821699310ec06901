import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toItem } from '../../../../src/ingest/item/item.ts';
import { itemSize } from '../../../../src/ingest/item/item-size.ts';
import golden from '../../../support/documented-example.json' with { type: 'json' };
import { loadFunction } from '../../../support/load-function.ts';
import { jsonNumber, numberOf } from '../../../support/numbers.ts';
import { context, event, record, task } from '../../../support/records.ts';
import { emptyTables } from '../../../support/test-tables.ts';

const { environment, row } = await emptyTables();
const handler = await loadFunction(environment);

/** Stores a task whose field `X` has this JSON, and gives back what DynamoDB has for it. */
async function stored(json: string, jobId = crypto.randomUUID()) {
  const body = JSON.stringify(task(jobId, 0, { X: 0 })).replace('"X":0', `"X":${json}`);
  expect(await handler(event(record(body)), context())).toEqual({ batchItemFailures: [] });
  return (await row(jobId, 0))?.X;
}

test('every number is stored with the exact value of its text', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(jsonNumber(38, 80), { minLength: 1, maxLength: 20 }),
      async (texts) => {
        const value = await stored(`[${texts.join()}]`);
        expect(value?.L?.map(({ N = '' }) => numberOf(N))).toEqual(texts.map(numberOf));
      },
    ),
    { numRuns: 100 },
  );
});

test('the documented job and task take one write unit each, of 1,024 bytes', () => {
  const sizes = [golden[0]?.jobs[0], golden[1]?.tasks[0]].map((item) => itemSize(item as never));
  expect(sizes).toEqual([728, 989]);
});

test.for([
  ['that expire they have sixteen more', { retentionDays: 3_650 }, [744, 1005]],
  ['without empty fields they have fewer', { emptyFields: 'omit' }, [572, 873]],
] as const)('as rows %s', ([, rules, expected]) => {
  const sizes = golden.slice(0, 2).map(({ event: { Records } }) => {
    const [record] = Records;
    return itemSize(toItem(record as never, rules).attributes);
  });
  expect(sizes).toEqual(expected);
});
