import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { toItemOrOutcome } from '../../../../src/ingest/ingest.ts';
import { loadFunction } from '../../../support/load-function.ts';
import { startProxy } from '../../../support/proxy.ts';
import { context, event, job, record, task } from '../../../support/records.ts';
import { emptyTables, TASKS } from '../../../support/test-tables.ts';

const proxy = await startProxy();
const { environment, row, client } = await emptyTables(proxy.endpoint);
const handler = await loadFunction(environment);

let jobId: string;
beforeEach(() => {
  jobId = crypto.randomUUID();
  proxy.reset();
});

const reasonOf = (sent: ReturnType<typeof record>) => {
  const outcome = toItemOrOutcome(sent);
  return 'reason' in outcome ? outcome.reason : undefined;
};
const maps = (levels: number) => JSON.parse(`${'{"m":'.repeat(levels)}1${'}'.repeat(levels)}`);
const withX = (json: string) => JSON.stringify(task(jobId, 0, { X: 0 })).replace('"X":0', json);

describe('more than DynamoDB can hold is rejected with the full reason', () => {
  test.for<[string, () => unknown, string]>([
    [
      '33 maps in each other',
      () => task('j', 0, { X: maps(33) }),
      `X${'.m'.repeat(32)}: nested deeper than DynamoDB's 32 levels`,
    ],
    [
      'a name of 65,536 bytes in fewer characters',
      () => task('j', 0, { X: { ['é'.repeat(32_768)]: 1 } }),
      `X.${'é'.repeat(60)}…: a name of more than DynamoDB's 65535 bytes`,
    ],
    [
      'an item of three bytes for each character of its body',
      () => task('j', 0, { X: '€'.repeat(136_500) }),
      'body: makes an item of 409700 bytes; DynamoDB takes 409600',
    ],
    [
      'a number of 39 digits after a zero',
      () => withX(`"X":0.${'123456789'.repeat(4)}123`),
      'X: a number of 39 digits; DynamoDB holds 38',
    ],
  ])('%s', ([, body, reason]) => {
    expect(reasonOf(record(body()))).toBe(reason);
  });

  test.for(['1'.repeat(16), '1 ', ' 1', '1.5', '-1', ''])('"%s" for a time', (sentTimestamp) => {
    expect(reasonOf(record(task('j', 0), sentTimestamp))).toBe(
      `attributes.SentTimestamp: must be milliseconds since the epoch, in digits, not "${sentTimestamp}"`,
    );
  });
});

describe('a statement', () => {
  const NAME = 'n';
  /** The longest name that a field at the top can have beside those of a task. */
  const longest = () => {
    const item = toItemOrOutcome(record(task('j', 0, { [NAME]: 1 })));
    const names = Object.keys('attributes' in item ? item.attributes : {});
    const bytes = names.reduce((sum, name) => sum + `SET "${name}" = ? `.length, 0);
    // Half of a statement's 8,192 bytes, less half of the 512 that are kept for the rest of it.
    return 8_192 / 2 - 512 / 2 - bytes + NAME.length;
  };

  test('has room for names up to half its size, and not a byte more', () => {
    expect(reasonOf(record(task('j', 0, { [NAME.repeat(longest())]: 1 })))).toBeUndefined();
    expect(reasonOf(record(task('j', 0, { [NAME.repeat(longest() + 1)]: 1 })))).toBe(
      'body: too many or too long names at its top for a statement',
    );
  });

  /** Replaces a row that another program wrote, with a name of so many bytes; gives the statement. */
  async function replace(length: number) {
    const Item = { job_id: { S: jobId }, task_id: { N: '0' }, ['n'.repeat(length)]: { N: '1' } };
    await client.send(new PutItemCommand({ TableName: TASKS, Item }));
    proxy.reset();
    const answer = await handler(event(record(task(jobId, 0)), record(task(jobId, 1))), context());
    const statements = proxy.calls.flatMap(({ input: { Statements = [] } }) => Statements);
    const [update] = statements.filter(({ Statement }) => Statement.startsWith('UPDATE'));
    return { failed: answer.batchItemFailures.length, length: update?.Statement.length };
  }

  test('of 8,192 bytes replaces a row written by another program; a longer one is not sent', async () => {
    const { length = 0 } = await replace(4_000);
    const most = 4_000 + 8_192 - length;
    expect(await replace(most)).toEqual({ failed: 0, length: 8_192 });
    expect(await replace(most + 1)).toEqual({ failed: 1, length: undefined });
    expect(await row(jobId, 1)).toBeDefined();
  });
});

describe('the text shown of an invalid field', () => {
  test.for([
    ['60 characters are shown whole', 'x'.repeat(60), `"${'x'.repeat(60)}"`],
    ['61 are cut', 'x'.repeat(61), `"${'x'.repeat(60)}…"`],
    ['half a pair is not kept', `${'x'.repeat(59)}😀`, `"${'x'.repeat(59)}\ufffd…"`],
    ['true', true, 'true'],
    ['a map', { a: 1 }, 'an object'],
    ['a list', [1], 'a list'],
  ])('%s', ([, value, shown]) => {
    expect(reasonOf(record(task('j', value)))).toBe(
      `TaskDetails.TaskID: must be a whole number, not ${shown}`,
    );
  });

  test('is no longer for a number than for a text', () => {
    const body = JSON.stringify(task('j', 7)).replace('7', '7'.repeat(61));
    expect(reasonOf(record(body))).toBe(
      `TaskDetails.TaskID: must be a whole number, not ${'7'.repeat(60)}…`,
    );
  });
});

test.for([
  ['no JSON', { body: 'hello', attributes: { SentTimestamp: '5' } }, 'body: is not JSON'],
  ['no attributes', { body: '{}' }, 'attributes: is missing'],
  [
    'a text for attributes',
    { body: '{}', attributes: 'x' },
    'attributes: must be an object, not "x"',
  ],
  [
    'a number for a time',
    { body: '{}', attributes: { SentTimestamp: 5 } },
    'attributes.SentTimestamp: must be a string of digits, not 5',
  ],
  [
    'a body that is no text',
    { body: {}, attributes: { SentTimestamp: '5' } },
    'body: must be a string, not an object',
  ],
])('%s is rejected', ([, received, reason]) => {
  expect(reasonOf(received as never)).toBe(reason);
});

test.for([
  [
    'a text for JobDetails',
    { ...job('j'), JobDetails: 'x' },
    'JobDetails: must be an object, not "x"',
  ],
  [
    'a list for TaskDetails',
    { ...task('j', 0), TaskDetails: [] },
    'TaskDetails: must be an object, not a list',
  ],
  [
    'a number for Name',
    task('j', 0, { NotificationInfo: { Name: 7 } }),
    'NotificationInfo.Name: must be a string, not 7',
  ],
] as const)('%s is rejected', ([, body, reason]) => {
  expect(reasonOf(record(body))).toBe(reason);
});
