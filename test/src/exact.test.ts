import fc from 'fast-check';
import { expect, test } from 'vitest';
import { itemSize } from '../../src/item-size.ts';
import golden from '../golden/documented-example.json' with { type: 'json' };
import { loadFunction } from '../support/function.ts';
import { context, event, record, task } from '../support/records.ts';
import { emptyTables } from '../support/tables.ts';

const { environment, row } = await emptyTables();
const handler = await loadFunction(environment);

/** Stores a task whose field `X` has this JSON, and gives back what DynamoDB has for it. */
async function stored(json: string, jobId = crypto.randomUUID()) {
  const body = JSON.stringify(task(jobId, 0, { X: 0 })).replace('"X":0', `"X":${json}`);
  expect(await handler(event(record(body)), context())).toEqual({ batchItemFailures: [] });
  return (await row(jobId, 0))?.X;
}

const digits = (length: fc.ArrayConstraints) =>
  fc.array(fc.nat(9), length).map((all) => all.join(''));

/** JSON's numbers, of up to 38 digits. */
const number = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(
      fc.constant('0'),
      fc
        .tuple(fc.integer({ min: 1, max: 9 }), digits({ maxLength: 20 }))
        .map((all) => all.join('')),
    ),
    fc.option(digits({ minLength: 1, maxLength: 17 }), { nil: undefined }),
    fc.option(fc.integer({ min: -80, max: 80 }), { nil: undefined }),
    fc.constantFrom('e', 'E'),
  )
  .map(([sign, whole, fraction, exponent, e]) =>
    [sign, whole, fraction && `.${fraction}`, exponent !== undefined && `${e}${exponent}`]
      .filter(Boolean)
      .join(''),
  );

/** A number's value times 10^200, which is a whole number for all of those above. */
function scaled(text: string): bigint {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return BigInt(whole + fraction + '0'.repeat(200 + Number(exponent) - fraction.length));
}

test('every number is stored with exactly the value that its text has', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 20 }), async (texts) => {
      const value = await stored(`[${texts.join()}]`);
      expect(value?.L?.map(({ N = '' }) => scaled(N))).toEqual(texts.map(scaled));
    }),
    { numRuns: 100 },
  );
});

test('the documented job and task take one write unit each, of 1,024 bytes', () => {
  const sizes = [golden[0]?.jobs[0], golden[1]?.tasks[0]].map((item) => itemSize(item as never));
  expect(sizes).toEqual([728, 989]);
});
