import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test } from 'vitest';
import { READ, WRITE } from '../../../support/function-behind-proxy.ts';
import { loadFunction } from '../../../support/load-function.ts';
import { type Call, serviceError, startProxy } from '../../../support/proxy.ts';
import { context, event, job, record, tasks } from '../../../support/records.ts';
import { emptyTables, JOBS, TASKS } from '../../../support/test-tables.ts';

const proxy = await startProxy();
const { environment, row, tasksOf, client } = await emptyTables(proxy.endpoint);
await client.send(
  new CreateTableCommand({
    TableName: 'KeyedOtherwise',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  }),
);
const handlers = {
  ours: await loadFunction(environment),
  'not there': await loadFunction({ ...environment, JOB_TABLE_NAME: 'NotThere' }),
  'keyed otherwise': await loadFunction({ ...environment, JOB_TABLE_NAME: 'KeyedOtherwise' }),
  'tasks not there': await loadFunction({ ...environment, TASK_TABLE_NAME: 'NotThere' }),
};

afterEach(() => {
  proxy.reset();
});

/** Refuses the requests of an operation that name this table. */
const denying = (operation: string, table: string) => (call: Call) =>
  call.operation === operation && JSON.stringify(call.input).includes(table)
    ? serviceError('AccessDeniedException')
    : undefined;

test.for([
  ['not there', 'not there', undefined],
  ['keyed otherwise', 'keyed otherwise', undefined],
  ['not to be read', 'ours', denying(READ, JOBS)],
  ['not to be written', 'ours', denying(WRITE, JOBS)],
] as const)('a job table that is %s does not stop the tasks', async ([, name, faultOf]) => {
  const jobId = crypto.randomUUID();
  const jobs = [1, 2, 3].map(() => record(job(jobId)));
  if (faultOf) proxy.faultOf = faultOf;
  const batch = [...tasks(jobId, 150), ...jobs, ...tasks(`${jobId}-b`, 50)];
  const { batchItemFailures } = await handlers[name](event(...batch), context());
  const reported = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  expect(reported).toEqual(jobs.map(({ messageId }) => messageId));
  expect(await tasksOf(jobId)).toHaveLength(150);
  expect(await tasksOf(`${jobId}-b`)).toHaveLength(50);
});

test.for([
  ['not there', 'tasks not there', undefined],
  ['not to be read', 'ours', denying(READ, TASKS)],
  ['not to be written', 'ours', denying(WRITE, TASKS)],
] as const)('a task table that is %s does not stop the jobs', async ([, name, faultOf]) => {
  const jobId = crypto.randomUUID();
  if (faultOf) proxy.faultOf = faultOf;
  const batch = [...tasks(jobId, 2), record(job(jobId))];
  const { batchItemFailures } = await handlers[name](event(...batch), context());
  expect(batchItemFailures).toHaveLength(2);
  expect(await row(jobId)).toMatchObject({ job_id: { S: jobId } });
});
