import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { expect, inject, test } from 'vitest';
import { renderingPartition } from '../../../../src/shared/rendering-partition.ts';
import { loadFunction } from '../../../support/load-function.ts';
import { context, event, record } from '../../../support/records.ts';
import { stackToAsk, taskIn } from '../../../support/stack-to-ask.ts';
import { TASKS } from '../../../support/test-tables.ts';

const { client, deadline, happened, environment, proxy, row } = await stackToAsk(
  inject('renderingTemplate'),
);
const withoutSetting = await loadFunction({ ...environment, RENDERING: 'off' });

/** The tasks of a job in the index of what renders. */
async function rendering(jobId: string) {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: TASKS,
      IndexName: 'rendering-by-time',
      KeyConditionExpression: 'rendering = :partition',
      FilterExpression: 'job_id = :job',
      ExpressionAttributeValues: {
        ':partition': { S: renderingPartition(jobId) },
        ':job': { S: jobId },
      },
    }),
  );
  return Items.map(({ task_id }) => Number(task_id?.N)).sort();
}

/** Stored before the setting was turned on. */
async function happenedBefore(...bodies: ReturnType<typeof taskIn>[]) {
  await withoutSetting(event(...bodies.map((body) => record(body))), context());
}

test('adds tasks that render already, and those that failed, each to its index; changes nothing else', async () => {
  await happenedBefore(
    taskIn('before', 0, 'Rendering'),
    taskIn('before', 1, 'Completed'),
    taskIn('before', 2, 'Rendering', { RenderStatus: '' }),
  );
  const { task_status: _, ...unmarked } = (await row('before', 1)) ?? {};
  const failed = {
    ...unmarked,
    task_id: { N: '3' },
    task_details: { M: { Status: { S: 'Failed' } } },
  };
  await client.send(new PutItemCommand({ TableName: TASKS, Item: failed }));
  const before = await row('before', 2);
  expect(await rendering('before')).toEqual([]);

  const { stdout, code } = await deadline(['backfill-index']);
  expect(stdout).toBe('Added 3 of 4 tasks to the indexes.\n');
  expect(code).toBe(0);
  expect(await rendering('before')).toEqual([0, 2]);
  expect(await row('before', 2)).toEqual({
    ...before,
    rendering: { S: renderingPartition('before') },
  });
  expect(await row('before', 3)).toEqual({ ...failed, task_status: { S: 'Failed' } });
  expect((await deadline(['backfill-index'])).stdout).toContain('Added 0 of 4');
});

test('a task that stops meanwhile is not added, and one that is added stops without a trace', async () => {
  await happenedBefore(taskIn('moving', 0, 'Rendering'));
  const onWrite = (meanwhile: () => Promise<unknown>) => {
    let isFirst = true;
    proxy.faultOf = ({ operation }) => {
      if (operation !== 'BatchExecuteStatement' || !isFirst) return undefined;
      isFirst = false;
      return { meanwhile };
    };
  };
  onWrite(() => happened([0, taskIn('moving', 0, 'Completed')]));
  expect((await deadline(['backfill-index'])).stdout).toContain(
    '1 got a newer notification meanwhile.',
  );
  expect(await rendering('moving')).toEqual([]);

  await happenedBefore(taskIn('other', 0, 'Rendering'));
  onWrite(() => deadline(['backfill-index']));
  await happened([0, taskIn('other', 0, 'Completed')]);
  proxy.reset();
  expect(await rendering('other')).toEqual([]);
  expect(await row('other', 0)).not.toHaveProperty('rendering');
});

test('without the setting, tasks that render are left alone', async () => {
  const plain = await stackToAsk();
  await plain.happened([0, taskIn('plain', 0, 'Rendering')]);
  const { stdout } = await plain.deadline(['backfill-index']);
  expect(stdout).toBe('Added 0 of 1 tasks to the index.\n');
  expect(await plain.row('plain', 0)).not.toHaveProperty('rendering');
});
