import { QueryCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { expect, inject, test } from 'vitest';
import { toItem } from '../../../src/ingest/item/item.ts';
import { itemSize } from '../../../src/ingest/item/item-size.ts';
import { renderingPartition } from '../../../src/shared/rendering-partition.ts';
import stoppedTask from '../../../src/shared/samples/stopped-task.json' with { type: 'json' };
import { loadFunction } from '../../support/load-function.ts';
import { context, event, job, record, task } from '../../support/records.ts';
import { emptyTables, JOBS, TASKS } from '../../support/test-tables.ts';

const { environment, row, client } = await emptyTables();
const handler = await loadFunction(environment);

const renderingTables = await emptyTables(undefined, inject('renderingTemplate'));

async function deliver(...records: ReturnType<typeof record>[]) {
  expect(await handler(event(...records), context())).toEqual({ batchItemFailures: [] });
}

/** What an index holds of a job, the newest first. */
async function indexed(
  TableName: string,
  index: string,
  key: [string, string],
  jobId: string,
  dynamoDb = client,
) {
  const { Items = [] } = await dynamoDb.send(
    new QueryCommand({
      TableName,
      IndexName: index,
      KeyConditionExpression: '#key = :key',
      FilterExpression: 'job_id = :job',
      ExpressionAttributeNames: { '#key': key[0] },
      ExpressionAttributeValues: { ':key': { S: key[1] }, ':job': { S: jobId } },
      ScanIndexForward: false,
    }),
  );
  return Items;
}

const failedTasks = (jobId: string) =>
  indexed(TASKS, 'failed-by-time', ['task_status', 'Failed'], jobId);

const withStatus = (jobId: string, taskId: number, Status: unknown, fields: object = {}) =>
  task(jobId, taskId, { ...fields, TaskDetails: { JobID: jobId, TaskID: taskId, Status } });

test('a job of any status is in the index, with the fields that are shown', async () => {
  const jobId = crypto.randomUUID();
  await deliver(record(job(jobId, { Extra: 1 }), 1_000));
  const [found, ...others] = await indexed(
    JOBS,
    'by-time',
    ['task_type', 'JobStoppedNotification'],
    jobId,
  );
  expect(others).toEqual([]);
  expect(Object.keys(found ?? {}).sort()).toEqual([
    'job_details',
    'job_id',
    'notification_info',
    'sent_timestamp',
    'task_type',
  ]);
  expect(found?.job_details?.M?.JobStatus).toEqual({ S: 'Failed' });
});

test('a task is in the index while it is failed', async () => {
  const jobId = crypto.randomUUID();
  const tasksAt = async () => (await failedTasks(jobId)).map(({ task_id }) => task_id?.N);
  await deliver(
    record(withStatus(jobId, 0, 'Failed'), 1_000),
    record(withStatus(jobId, 1, 'Rendering'), 1_000),
    record(withStatus(jobId, 2, 'Failed'), 1_001),
  );
  expect(await tasksAt()).toEqual(['2', '0']);
  await deliver(record(withStatus(jobId, 1, 'Failed'), 2_000));
  expect(await tasksAt()).toEqual(['1', '2', '0']);
  await deliver(record(withStatus(jobId, 2, 'Rendering'), 3_000));
  expect(await tasksAt()).toEqual(['1', '0']);
  expect(await row(jobId, 2)).not.toHaveProperty('task_status');
});

test('a task that is not failed is never in the index, whatever its notification contains', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.constantFrom('failed', 'Failed ', '', 'Completed', 'Suspended', null, undefined),
        fc.string(),
        fc.constantFrom<unknown>(1, ['Failed'], { Failed: 1 }),
      ),
      fc.constantFrom<unknown>('Failed', 1, null, ['Failed'], { S: 'Failed' }),
      async (status, rival) => {
        fc.pre(status !== 'Failed');
        const jobId = crypto.randomUUID();
        await deliver(record(withStatus(jobId, 0, status, { task_status: rival })));
        expect(await row(jobId, 0)).toBeDefined();
        expect(await row(jobId, 0)).not.toHaveProperty('task_status');
        expect(await failedTasks(jobId)).toEqual([]);
      },
    ),
    { numRuns: 50 },
  );
});

test('a task is in the index of what renders while it renders, with its details', async () => {
  const whatRenders = await loadFunction(renderingTables.environment);
  const jobId = crypto.randomUUID();
  const key: [string, string] = ['rendering', renderingPartition(jobId)];
  const rendering = () => indexed(TASKS, 'rendering-by-time', key, jobId, renderingTables.client);
  const at = (taskId: number, status: string, sent: number) =>
    record(withStatus(jobId, taskId, status), sent);
  await whatRenders(
    event(at(0, 'Rendering', 1_000), at(1, 'Queued', 1_000), at(2, 'Rendering', 1_001)),
    context(),
  );
  const [newest, oldest, ...others] = await rendering();
  expect([newest?.task_id, oldest?.task_id, others]).toEqual([{ N: '2' }, { N: '0' }, []]);
  expect(Object.keys(newest ?? {}).sort()).toEqual([
    'job_id',
    'rendering',
    'sent_timestamp',
    'task_details',
    'task_id',
  ]);
  await whatRenders(event(at(0, 'Completed', 2_000), at(1, 'Rendering', 2_000)), context());
  expect((await rendering()).map(({ task_id }) => task_id?.N)).toEqual(['1', '2']);
});

test('the documented task takes one write unit, even if it fails or expires', () => {
  const failed = { ...stoppedTask, TaskDetails: { ...stoppedTask.TaskDetails, Status: 'Failed' } };
  const { attributes } = toItem(record(failed), { retentionDays: 3_650 });
  expect(attributes.task_status).toEqual({ S: 'Failed' });
  expect(itemSize(attributes)).toBe(1_019);
});

test('the index entry of the documented task takes one write unit', async () => {
  const jobId = crypto.randomUUID();
  const TaskDetails = { ...stoppedTask.TaskDetails, JobID: jobId, Status: 'Failed' };
  await deliver(record({ ...stoppedTask, TaskDetails }));
  const [found = {}] = await failedTasks(jobId);
  expect(Object.keys(found).sort()).toEqual([
    'job_id',
    'notification_info',
    'sent_timestamp',
    'task_details',
    'task_id',
    'task_status',
  ]);
  expect(itemSize(found)).toBeLessThanOrEqual(1_024);
});
