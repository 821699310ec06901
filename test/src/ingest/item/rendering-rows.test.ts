import assert from 'node:assert/strict';
import fc from 'fast-check';
import { beforeEach, expect, inject, test } from 'vitest';
import { toItemOrOutcome } from '../../../../src/ingest/ingest.ts';
import { toItem } from '../../../../src/ingest/item/item.ts';
import { itemSize } from '../../../../src/ingest/item/item-size.ts';
import startedTask from '../../../../src/shared/samples/started-task.json' with { type: 'json' };
import stoppedJob from '../../../../src/shared/samples/stopped-job.json' with { type: 'json' };
import stoppedTask from '../../../../src/shared/samples/stopped-task.json' with { type: 'json' };
import { loadFunction } from '../../../support/load-function.ts';
import { jsonOf, nodeOf, rowOf } from '../../../support/model.ts';
import { mutated, mutation } from '../../../support/mutations.ts';
import { fnv1a, predict } from '../../../support/prediction.ts';
import { startProxy } from '../../../support/proxy.ts';
import { context, event, job, record, task } from '../../../support/records.ts';
import { emptyTables } from '../../../support/test-tables.ts';

const proxy = await startProxy();
const { environment, row, tasksOf } = await emptyTables(
  proxy.endpoint,
  inject('renderingTemplate'),
);
const functions = {
  on: await loadFunction(environment),
  off: await loadFunction({ ...environment, RENDERING: 'off' }),
};

let jobId: string;
beforeEach(() => {
  jobId = crypto.randomUUID();
  proxy.reset();
});

/** What the rows of a job's tasks have while these render. */
const partition = () => ({ S: String(fnv1a(jobId) % 8n) });

/** A task in a status, with further fields at its top. */
const of = (TaskID: number, Status: unknown, sent: number, fields: object = {}) =>
  record(task(jobId, TaskID, { ...fields, TaskDetails: { JobID: jobId, TaskID, Status } }), sent);
const inStatus = (Status: unknown, sent: number, fields: object = {}) =>
  event(of(0, Status, sent, fields));

test('a task has the partition of its job while it renders, and not once it stops', async () => {
  const both = event(of(0, 'Rendering', 1_000), of(1, 'Rendering', 1_000));
  await functions.on(both, context());
  expect((await row(jobId, 0))?.rendering).toEqual(partition());
  expect((await row(jobId, 1))?.rendering).toEqual(partition());
  for (const [index, status] of ['Completed', 'Failed', 'Suspended', 'Queued'].entries()) {
    const sent = 2_000 + 2 * index;
    await functions.on(inStatus(status, sent), context());
    expect(await row(jobId, 0), status).not.toHaveProperty('rendering');
    await functions.on(inStatus('Rendering', sent + 1), context());
    expect((await row(jobId, 0))?.rendering, status).toEqual(partition());
  }
});

test('no other task has one, whatever its notification contains', async () => {
  const status = fc.oneof(
    fc.constantFrom('rendering', 'Rendering ', '', 'Queued', 'Pending', null, undefined),
    fc.string().filter((text) => text !== 'Rendering'),
    fc.constantFrom<unknown>(1, ['Rendering'], { Rendering: 1 }),
  );
  const rendering = fc.constantFrom<unknown>('3', 'x', 3, null, '', ['3'], { S: '3' });
  const others = fc.array(fc.tuple(status, rendering), { minLength: 20, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(others, async (all) => {
      jobId = crypto.randomUUID();
      const records = all.map(([status, rendering], taskId) =>
        of(taskId, status, 1, { rendering }),
      );
      expect(await functions.on(event(...records), context())).toEqual({ batchItemFailures: [] });
      const rows = await tasksOf(jobId);
      expect(rows).toHaveLength(20);
      for (const each of rows) expect(each).not.toHaveProperty('rendering');
    }),
    { numRuns: 3 },
  );
});

test("a task's own field of that name gives way; that of a job stays", async () => {
  await functions.on(inStatus('Rendering', 1_000, { rendering: 'as sent' }), context());
  expect((await row(jobId, 0))?.rendering).toEqual(partition());
  const ofJob = job(jobId, {
    rendering: 'as sent',
    JobDetails: { JobID: jobId, Status: 'Rendering' },
  });
  await functions.on(event(record(ofJob)), context());
  expect((await row(jobId))?.rendering).toEqual({ S: 'as sent' });
});

test('without the setting, rows have none but what was sent, and no request mentions it', async () => {
  const bare = await emptyTables(proxy.endpoint);
  const off = await loadFunction(bare.environment);
  for (const [sent, status] of ['Rendering', 'Completed', 'Rendering'].entries()) {
    await off(inStatus(status, sent), context());
    expect(await bare.row(jobId, 0)).not.toHaveProperty('rendering');
  }
  expect(proxy.calls.length).toBeGreaterThanOrEqual(6);
  expect(JSON.stringify(proxy.calls)).not.toContain('rendering');
  await off(inStatus('Rendering', 9, { rendering: { as: 'sent' } }), context());
  expect((await bare.row(jobId, 0))?.rendering).toEqual({ M: { as: { S: 'sent' } } });
});

test.for([
  ['off', 'on'],
  ['on', 'off'],
] as const)(
  'from %s to %s, a row follows with its next newer notification; older ones and redeliveries do not change it',
  async ([before, after]) => {
    const fields = { state: 'before' };
    await functions[before](inStatus('Rendering', 2_000, fields), context());
    const stored = await row(jobId, 0);
    for (const sent of [1_999, 2_000]) {
      await functions[after](inStatus('Rendering', sent, fields), context());
    }
    expect(await row(jobId, 0)).toEqual(stored);
    expect(stored?.rendering).toEqual(before === 'on' ? partition() : undefined);

    await functions[after](inStatus('Rendering', 2_001, { state: 'after' }), context());
    const { rendering, state } = (await row(jobId, 0)) ?? {};
    expect(rendering).toEqual(after === 'on' ? partition() : undefined);
    expect(state).toEqual({ S: 'after' });
    await functions[after](inStatus('Completed', 2_002), context());
    expect(await row(jobId, 0)).not.toHaveProperty('rendering');
  },
);

test.for([
  ['that starts', startedTask, 937],
  [
    'with the fields of one that stopped',
    { ...stoppedTask, TaskDetails: { ...stoppedTask.TaskDetails, Status: 'Rendering' } },
    1_015,
  ],
] as const)('a documented task %s takes one write unit, also if it expires', ([, body, size]) => {
  const rules = { rendering: 'on', retentionDays: 3_650 } as const;
  expect(itemSize(toItem(record(body), rules).attributes)).toBe(size);
  expect(size).toBeLessThanOrEqual(1_024);
});

/** While one of our writes is under way, something else adds the attribute to the row, as `backfill-index` does. */
async function raced(sent: number, status: string, fields: object = {}) {
  let isFirst = true;
  proxy.faultOf = ({ operation }) => {
    if (operation !== 'BatchExecuteStatement' || !isFirst) return undefined;
    isFirst = false;
    return { meanwhile: () => functions.on(inStatus('Rendering', 1_000, fields), context()) };
  };
  await functions.on(inStatus(status, sent, fields), context());
}

test('a stop that replaces a row of another state of the same times leaves nothing behind', async () => {
  const stopped = { NotificationInfo: { Name: 'StoppedTaskNotification' } };
  await functions.on(inStatus('Queued', 1_000, stopped), context());
  await raced(1_001, 'Completed', stopped);
  expect(await row(jobId, 0)).toMatchObject({ sent_timestamp: { N: '1001' } });
  expect(await row(jobId, 0)).not.toHaveProperty('rendering');
});

test('any documented notification with odd values becomes the predicted row', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<object>(startedTask, startedTask, stoppedJob, stoppedTask),
      fc.array(mutation, { minLength: 1, maxLength: 5 }),
      (sample, mutations) => {
        const body = mutated(nodeOf(sample), mutations, jobId);
        const parsed = toItemOrOutcome(record(jsonOf(body), '1597352219300'), { rendering: 'on' });
        const made = 'attributes' in parsed ? rowOf(parsed.attributes) : undefined;
        assert.deepEqual(made, predict(body, '1597352219300', 'on'));
      },
    ),
    { numRuns: 200 },
  );
});
