import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { captureLines } from '../../support/captured-lines.ts';
import { loadFunction } from '../../support/load-function.ts';
import { type Call, type Fault, serviceError, startProxy } from '../../support/proxy.ts';
import { context, event, record, task } from '../../support/records.ts';
import { emptyTables, TASKS } from '../../support/test-tables.ts';

const proxy = await startProxy();
const { environment, row, client } = await emptyTables(proxy.endpoint);
const handler = await loadFunction({
  ...environment,
  POWERTOOLS_LOG_LEVEL: 'INFO',
  POWERTOOLS_SERVICE_NAME: 'FarmNotifications',
});
const lines = captureLines();

let jobId: string;
beforeEach(() => {
  jobId = crypto.randomUUID();
  proxy.reset();
});

const on = (operation: string, faultOf: (call: Call) => Fault) => (call: Call) =>
  call.operation === operation ? faultOf(call) : undefined;
const answer = (body: object): Fault => ({ status: 200, body });
const statementErrors =
  (errorOf: (index: number) => object) =>
  ({ input: { Statements = [] } }: Call): Fault =>
    answer({ Responses: Statements.map((_, index) => ({ Error: errorOf(index) })) });

test.for<[string, string, (call: Call) => Fault, string]>([
  [
    'nothing for a row',
    'BatchGetItem',
    ({ input }) => answer({ UnprocessedKeys: input.RequestItems }),
    'DynamoDB left the row unread',
  ],
  [
    'no answers',
    'BatchExecuteStatement',
    () => answer({}),
    'DynamoDB answered for 0 of 1 statements',
  ],
  [
    'too few answers',
    'BatchExecuteStatement',
    () => answer({ Responses: [] }),
    'DynamoDB answered for 0 of 1 statements',
  ],
  [
    'a race lost',
    'BatchExecuteStatement',
    statementErrors(() => ({ Code: 'ConditionalCheckFailed', Message: 'lost' })),
    'ConditionalCheckFailed: lost',
  ],
])('%s until time is up: that is the reason', async ([, operation, fault, reason]) => {
  proxy.faultOf = on(operation, fault);
  await handler(event(record(task(jobId, 0))), context(2_000));
  expect(lines).toMatchObject([{ level: 'ERROR', notWrittenBecause: [`out of time: ${reason}`] }]);
});

test('with no time left, the reason is that nothing was tried', async () => {
  await handler(event(record(task(jobId, 0))), context(900));
  expect(lines).toMatchObject([{ notWrittenBecause: ['out of time: not tried'] }]);
});

describe("DynamoDB's error for a statement is the reason", () => {
  test.for([
    ['a code and a message', { Code: 'AccessDenied', Message: 'no' }, 'AccessDenied: no'],
    ['neither', {}, 'no code: no message'],
  ] as const)('%s', async ([, error, reason]) => {
    proxy.faultOf = on(
      'BatchExecuteStatement',
      statementErrors(() => error),
    );
    await handler(event(record(task(jobId, 0))), context());
    expect(lines).toMatchObject([{ level: 'ERROR', notWritten: 1, notWrittenBecause: [reason] }]);
  });

  test('at most five reasons are logged', async () => {
    proxy.faultOf = on(
      'BatchExecuteStatement',
      statementErrors((index) => ({ Code: `C${index}` })),
    );
    const batch = [0, 1, 2, 3, 4, 5, 6].map((taskId) => record(task(jobId, taskId)));
    await handler(event(...batch), context());
    expect(lines).toMatchObject([
      { notWritten: 7, notWrittenBecause: [0, 1, 2, 3, 4].map((index) => `C${index}: no message`) },
    ]);
  });

  test.for(['ValidationError', 'ItemCollectionSizeLimitExceeded'])(
    'with %s, the item is at fault, and the next newest is stored',
    async (Code) => {
      proxy.faultOf = on('BatchExecuteStatement', () => ({
        code: Code,
        refuses: (statement) => statement.includes('poison'),
      }));
      const bad = record(task(jobId, 0, { poison: 1 }), 1_001);
      await handler(event(record(task(jobId, 0), 1_000), bad), context());
      expect(lines).toMatchObject([
        { level: 'WARN', messageId: bad.messageId, reason: `${Code}: injected` },
        { level: 'INFO', written: 1, invalid: 1, notWritten: 0 },
      ]);
      expect((await row(jobId, 0))?.sent_timestamp).toEqual({ N: '1000' });
    },
  );
});

test('a read rejected as invalid is not the fault of any message', async () => {
  proxy.faultOf = on('BatchGetItem', () => serviceError('ValidationException'));
  await handler(event(record(task(jobId, 0))), context());
  expect(lines).toMatchObject([
    { invalid: 0, notWritten: 1, notWrittenBecause: ['ValidationException: injected'] },
  ]);
});

test('a response without rows means that there are none', async () => {
  proxy.faultOf = on('BatchGetItem', () => answer({}));
  await handler(event(record(task(jobId, 0))), context());
  expect(lines).toMatchObject([{ level: 'INFO', written: 1 }]);
});

test('a row that needs too long a statement to be replaced is a reason', async () => {
  const Item = { job_id: { S: jobId }, task_id: { N: '0' }, ['n'.repeat(9_000)]: { N: '1' } };
  await client.send(new PutItemCommand({ TableName: TASKS, Item }));
  await handler(event(record(task(jobId, 0))), context());
  expect(lines).toMatchObject([
    {
      notWritten: 1,
      notWrittenBecause: [
        expect.stringMatching(
          /^the stored row has too many top-level attributes: replacing it takes a statement of 9\d{3} bytes; the limit of DynamoDB is 8192$/,
        ),
      ],
    },
  ]);
});

test('each line names its service and invocation', async () => {
  const invocation = context();
  await handler(event(record('no JSON')), invocation);
  const whose = { service: 'FarmNotifications', correlation_id: invocation.awsRequestId };
  expect(lines).toMatchObject([whose, whose]);
});

test('a message without SQS attributes is still reported', async () => {
  const { attributes: _, ...bare } = record(task(jobId, 0));
  expect(await handler(event(bare as never), context())).toEqual({
    batchItemFailures: [{ itemIdentifier: bare.messageId }],
  });
  expect(lines).toMatchObject([
    { level: 'WARN', messageId: bare.messageId, reason: 'attributes: is missing' },
    { level: 'INFO', invalid: 1 },
  ]);
});

test.for([
  ['nothing', undefined, 'the event'],
  ['no records', {}, 'Records'],
  ['a record without an id', { Records: [{ messageId: '' }] }, 'Records.0.messageId'],
])('for an event that is %s, the reason says what is wrong', async ([, notSqs, what]) => {
  await expect(handler(notSqs as never, context())).rejects.toThrow(
    `Not an SQS event: ${what} is missing or not valid`,
  );
});
