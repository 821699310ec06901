import { expect, test } from 'vitest';
import { largestEvent } from '../../bench/documented-events.ts';
import sample from '../../src/shared/samples/stopped-task.json' with { type: 'json' };
import { buildBundle } from '../support/build-bundle.ts';
import { startProxy } from '../support/proxy.ts';
import { record } from '../support/records.ts';
import { emptyTables } from '../support/test-tables.ts';

/** What the function may use, in MiB: half of what the stack gives it. */
const MEMORY = 256;

const bundle = await buildBundle();
const proxy = await startProxy();
const { environment, tasksOf } = await emptyTables(proxy.endpoint);

function documented(jobId: string) {
  const { TaskDetails } = sample;
  return largestEvent((TaskID) =>
    record({ ...sample, TaskDetails: { ...TaskDetails, JobID: jobId, TaskID } }),
  );
}

test('the largest event that Lambda accepts, with DynamoDB answering 50 ms late, fits into memory and time', async () => {
  proxy.faultOf = () => ({ delay: 50 });
  const jobId = crypto.randomUUID();
  const event = documented(jobId);
  expect(event.Records.length).toBeGreaterThan(2_000);
  const { answers, peakMemory, timeLeft } = await bundle.run([event], environment);
  expect(answers).toEqual([{ batchItemFailures: [] }]);
  expect(await tasksOf(jobId)).toHaveLength(event.Records.length);
  expect(peakMemory).toBeLessThan(MEMORY);
  expect(timeLeft).toBeGreaterThan(0);
});

test('with too little time for the largest event, what is not stored is reported before it is up', async () => {
  // Enough to parse it on a busy machine, and for one round of pages: a read and a write.
  const time = 8_000;
  proxy.faultOf = () => ({ delay: 3_000 });
  const jobId = crypto.randomUUID();
  const event = documented(jobId);
  const { answers, timeLeft } = await bundle.run([event], environment, time);
  expect(timeLeft).toBeGreaterThan(0);

  const reported = new Set(answers[0]?.batchItemFailures.map((each) => each.itemIdentifier));
  expect(reported.size).toBeGreaterThan(0);
  const stored = new Set((await tasksOf(jobId)).map(({ task_id }) => Number(task_id?.N)));
  const lost = event.Records.filter(
    ({ messageId }, taskId) => !reported.has(messageId) && !stored.has(taskId),
  );
  expect(lost).toEqual([]);
});
