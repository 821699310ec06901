import { afterEach, expect, test } from 'vitest';
import { loadFunction } from '../support/function.ts';
import { captureLines } from '../support/log.ts';
import { type Fault, serviceError, startProxy } from '../support/proxy.ts';
import { context, event, record, task } from '../support/records.ts';
import { emptyTables } from '../support/tables.ts';

const proxy = await startProxy();
const { environment } = await emptyTables(proxy.endpoint);
const handler = await loadFunction({
  ...environment,
  POWERTOOLS_LOG_LEVEL: 'INFO',
  POWERTOOLS_METRICS_DISABLED: 'false',
  POWERTOOLS_SERVICE_NAME: 'FarmNotifications',
});

const lines = captureLines();
afterEach(() => {
  proxy.reset();
});

const jobId = crypto.randomUUID();
const logged = () => lines.filter(({ level }) => level !== undefined);

test('a batch is one line of counts, and one for each invalid message, without its payload', async () => {
  await handler(event(record(task(jobId, 0), 1_000)), context());
  lines.length = 0;

  const payload = 'secret'.repeat(50);
  const invalid = record(task(payload, '0'));
  invalid.attributes.ApproximateReceiveCount = '3';
  const invocation = context();
  await handler(
    event(
      invalid,
      record(task(jobId, 0), 999),
      record(task(jobId, 1), 1_000),
      record(task(jobId, 1), 1_001),
      record(task(jobId, 2), 1_000),
    ),
    invocation,
  );

  expect(logged()).toMatchObject([
    {
      level: 'WARN',
      message: 'Invalid message',
      messageId: invalid.messageId,
      reason: 'TaskDetails.TaskID: must be a whole number, not "0"',
      receives: '3',
    },
    {
      level: 'INFO',
      message: 'Batch',
      correlation_id: invocation.awsRequestId,
      received: 5,
      written: 2,
      stale: 1,
      superseded: 1,
      invalid: 1,
      notWritten: 0,
    },
  ]);
  expect(JSON.stringify(lines)).not.toContain(payload);
});

test('a batch that is not all written is an error, with the reasons', async () => {
  proxy.faultOf = () => serviceError('AccessDeniedException');
  await handler(event(record(task(jobId, 3)), record(task(jobId, 4))), context());
  expect(logged()).toMatchObject([
    {
      level: 'ERROR',
      message: 'Batch',
      received: 2,
      notWritten: 2,
      notWrittenBecause: ['AccessDeniedException: injected'],
    },
  ]);
});

const throttled = serviceError('ThrottlingException');
const late = { delay: 2_000 };

test.for<[string, Fault[], string]>([
  ['throttled', [throttled], 'out of time: ThrottlingException: injected'],
  ['late', [late], 'out of time: DynamoDB has not answered'],
  ['throttled, then late', [throttled, late], 'out of time: ThrottlingException: injected'],
])('where time runs out, what DynamoDB said last is the reason: %s', async ([, said, reason]) => {
  proxy.faultOf = () => (said.length > 1 ? said.shift() : said[0]);
  await handler(event(record(task(jobId, 6))), context(1_500));
  expect(logged()).toMatchObject([{ notWritten: 1, notWrittenBecause: [reason] }]);
});

test('what is older than a stale notification of its batch is stale, too', async () => {
  await handler(event(record(task(jobId, 7), 1_002)), context());
  lines.length = 0;
  await handler(event(record(task(jobId, 7), 1_001), record(task(jobId, 7), 1_000)), context());
  expect(logged()).toMatchObject([{ received: 2, stale: 2, superseded: 0 }]);
});

test('the counts are metrics', async () => {
  await handler(event(record(task(jobId, 5)), record('no JSON')), context());
  const [metrics] = lines.filter(({ _aws }) => _aws !== undefined);
  expect(metrics).toMatchObject({
    service: 'FarmNotifications',
    received: 2,
    written: 1,
    stale: 0,
    superseded: 0,
    invalid: 1,
    notWritten: 0,
    _aws: { CloudWatchMetrics: [{ Namespace: 'DeadlineNotifications' }] },
  });
});
