import { expect, test } from 'vitest';
import type { Handler } from '../../../../src/local/event-source.ts';
import { loadFarm } from '../../../../src/local/farm/load-farm.ts';
import { type FarmNotification, simulateFarm } from '../../../../src/local/farm/simulate-farm.ts';
import { loadFunction } from '../../../support/load-function.ts';
import { emptyTables } from '../../../support/test-tables.ts';

const { environment, row, tasksOf } = await emptyTables();
const handler = await loadFunction(environment);

const night = simulateFarm({ seed: 1, end: Date.UTC(2026, 10, 24, 7), jobs: 20 });

/** A notification's send time and status, as they are stored. */
type State = readonly [sent: string, status: string | undefined];

test('each row is the last notification sent about its job or task', async () => {
  const jobs = new Map<string, State>();
  const tasks = new Map<string, Map<number, State>>();
  for (const { sent, body } of night) {
    if ('JobDetails' in body) {
      jobs.set(body.JobDetails.JobID, [String(sent), body.JobDetails.JobStatus]);
    } else {
      const { JobID, TaskID, Status } = body.TaskDetails;
      tasks.set(JobID, (tasks.get(JobID) ?? new Map()).set(TaskID, [String(sent), Status]));
    }
  }

  expect(await loadFarm(night, handler)).toEqual({
    notifications: night.length,
    jobs: tasks.size,
    tasks: [...tasks.values()].reduce((sum, { size }) => sum + size, 0),
  });
  for (const [jobId, ofJob] of tasks) {
    const { sent_timestamp, job_details } = (await row(jobId)) ?? {};
    const stored = sent_timestamp && [sent_timestamp.N, job_details?.M?.JobStatus?.S];
    expect(stored).toEqual(jobs.get(jobId));
    const rows = (await tasksOf(jobId)).map(({ task_id, sent_timestamp, task_details }) => [
      Number(task_id?.N),
      [sent_timestamp?.N, task_details?.M?.Status?.S],
    ]);
    expect(rows).toEqual([...ofJob].sort(([a], [b]) => a - b));
  }
});

/** A function that stores nothing and reports the records at these positions of each batch. */
function fakeHandler(
  reported: readonly number[] = [],
  onBatch: (size: number) => void = () => undefined,
) {
  const handler: Handler = async ({ Records }) => {
    onBatch(Records.length);
    const ids = reported.map((place) => Records[place]?.messageId ?? '');
    return { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) };
  };
  return handler;
}

const many: FarmNotification[] = night.slice(0, 1_001);

test("batches have the stack's batch size", async () => {
  const sizes: number[] = [];
  await loadFarm(
    many,
    fakeHandler([], (size) => sizes.push(size)),
  );
  expect(sizes).toEqual([500, 500, 1]);
});

test('records reported as not stored are an error', async () => {
  await expect(loadFarm(many, fakeHandler([3, 17]))).rejects.toThrow(
    '2 of 500 notifications from the farm were not stored.',
  );
});

test('its signal stops it before the next batch', async () => {
  const stop = new AbortController();
  let batches = 0;
  const handler = fakeHandler([], () => {
    batches += 1;
    stop.abort();
  });
  await expect(loadFarm(many, handler, stop.signal)).rejects.toThrow('aborted');
  expect(batches).toBe(1);
});
