import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toItemOrOutcome } from '../../src/ingest.ts';
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

test.for([
  ['0', '0'],
  ['-0', '0'],
  ['-0.0e5', '0'],
  ['9007199254740993', '9007199254740993'],
  ['18446744073709551615', '18446744073709551615'],
  ['0.1', '0.1'],
  ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
  ['1e-130', `0.${'0'.repeat(129)}1`],
  ['9.9E+125', `99${'0'.repeat(124)}`],
  [`1${'0'.repeat(60)}.${'0'.repeat(60)}`, `1${'0'.repeat(60)}`],
])('%s is stored as %s', async ([json = '', N]) => {
  expect(await stored(json)).toEqual({ N });
});

test('a million zeros inside a number take no time to speak of', async () => {
  const reason = /a number of 900001 digits/;
  expect(
    toItemOrOutcome(
      record(
        `{"NotificationInfo":{"Name":"JobX"},"JobDetails":{"JobID":"j","X":1${'0'.repeat(899_999)}1}}`,
      ),
    ),
  ).toMatchObject({ reason: expect.stringMatching(reason) });
});

test('names that JavaScript knows are names like all others, at every level', async () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
  const map = `{${names.map((name) => `"${name}":{"${name}":[{"${name}":1}]}`).join()}}`;
  const value = await stored(map);
  expect(Object.keys(value?.M ?? {}).sort()).toEqual([...names].sort());
  for (const name of names) {
    expect(Object.getOwnPropertyDescriptor(value?.M, name)?.value).toEqual({
      M: Object.fromEntries([[name, { L: [{ M: Object.fromEntries([[name, { N: '1' }]]) }] }]]),
    });
  }
  expect(Object.prototype).not.toHaveProperty('N');
});

test("a name of ours in a body gives way, and so does a name that Deadline's own becomes", async () => {
  const jobId = crypto.randomUUID();
  const fields = {
    sent_timestamp: 1,
    job_id: 'x',
    task_type: 'x',
    task_id: 9,
    timestamp: 'x',
    source: 'x',
    Source: 'y',
  };
  await handler(event(record({ ...fields, ...task(jobId, 0) }, 5_000)), context());
  await handler(event(record({ ...task(jobId, 1), ...fields }, 5_000)), context());
  for (const taskId of [0, 1]) {
    expect(await row(jobId, taskId)).toMatchObject({
      sent_timestamp: { N: '5000' },
      job_id: { S: jobId },
      task_type: { S: 'StoppedTaskNotification' },
      task_id: { N: String(taskId) },
      timestamp: { S: '2020-08-13T20:56:59.1013786Z' },
      source: { S: 'y' },
    });
  }
});

test('32 levels are stored', async () => {
  expect(await stored(`${'['.repeat(32)}1${']'.repeat(32)}`)).toHaveProperty('L');
});

test('the documented job and task take one write unit each, of 1,024 bytes', () => {
  const sizes = [golden[0]?.jobs[0], golden[1]?.tasks[0]].map((item) => itemSize(item as never));
  expect(sizes).toEqual([728, 989]);
});

test('an item of 400 KB is stored, and one of a byte more refused, as DynamoDB measures', async () => {
  const rest = '{"é":[null,true,1.5,-12345.678,{}]}';
  const body = (jobId: string, length: number) => {
    const { X: _, ...fields } = task(jobId, 0, { X: 0 }) as Record<string, unknown>;
    return { ...fields, rest: JSON.parse(rest), text: 'x'.repeat(length) };
  };
  const jobId = crypto.randomUUID();
  const parsed = toItemOrOutcome(record(body(jobId, 300_000)));
  const room = 409_600 - itemSize('attributes' in parsed ? parsed.attributes : {});

  const largest = record(body(jobId, 300_000 + room));
  expect(await handler(event(largest), context())).toEqual({ batchItemFailures: [] });
  expect((await row(jobId, 0))?.text?.S).toHaveLength(300_000 + room);
  const tooLarge = toItemOrOutcome(record(body(jobId, 300_001 + room)));
  expect(tooLarge).toMatchObject({
    reason: 'body: makes an item of 409601 bytes; DynamoDB takes 409600',
  });
});
