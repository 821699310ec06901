import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toEntry } from '../../../../src/ingest/history/entry.ts';
import { toItem } from '../../../../src/ingest/item/item.ts';
import { itemSize } from '../../../../src/ingest/item/item-size.ts';
import startedTask from '../../../../src/shared/samples/started-task.json' with { type: 'json' };
import stoppedJob from '../../../../src/shared/samples/stopped-job.json' with { type: 'json' };
import stoppedTask from '../../../../src/shared/samples/stopped-task.json' with { type: 'json' };
import { job, record, task } from '../../../support/records.ts';

const RULES = { level: 'all', days: 30 } as const;
const SENT = Date.parse('2026-11-25T06:47:24.000Z');

/** The entry of a body that SQS got then. */
function entryOf(body: unknown, sent: number | string = SENT, rules: object = {}) {
  const got = record(body, sent);
  return toEntry(toItem(got, rules), got.body, RULES);
}
const attributesOf = (...of: Parameters<typeof entryOf>) => entryOf(...of)?.attributes ?? {};
const atOf = (...of: Parameters<typeof entryOf>) => attributesOf(...of).at?.S;

test('the entry of the documented job', () => {
  expect(attributesOf(stoppedJob)).toEqual({
    job_id: { S: '5f2eec286ad75c0c9cca7fbc' },
    at: { S: '2020-08-11T00:59:40.1512266Z##JobStoppedNotification#56c00ea9' },
    expires_at: { N: String(Date.parse('2020-09-10T00:59:40Z') / 1_000) },
    transition: { S: 'job-suspended' },
    status: { S: 'Suspended' },
    reason: { S: 'Job was suspended' },
    frames: { S: '1-3' },
    errors: { N: '0' },
    name: { S: 'maya-job-test' },
    user: { S: 'username' },
    plugin: { S: 'MayaBatch' },
    pool: { S: 'none' },
    tasks: { N: '3' },
    submitted: { S: '2020-08-08T18:17:12.005Z' },
    started: { S: '2020-08-11T00:59:39.447Z' },
  });
});

test('the entry of the documented task, and of its start, which has no render time', () => {
  expect(attributesOf(stoppedTask)).toEqual({
    job_id: { S: '5f15e68eb8274818a0570167' },
    at: { S: '2020-08-13T20:56:59.1013786Z#0#StoppedTaskNotification#7af66cc1' },
    expires_at: { N: String(Date.parse('2020-09-12T20:56:59Z') / 1_000) },
    transition: { S: 'task-completed' },
    task: { N: '0' },
    status: { S: 'Completed' },
    reason: { S: "The Task '5f15e68eb8274818a0570167_0' was set to Completed." },
    worker: { S: 'YWG-1800443371' },
    frames: { S: '1-1' },
    errors: { N: '19' },
    renderTime: { S: '00:00:00' },
  });
  expect(attributesOf(startedTask)).not.toHaveProperty('renderTime');
});

test('the same notification has the same entry, whenever it is sent and whatever rows are', () => {
  for (const body of [stoppedJob, stoppedTask, startedTask]) {
    const [first, ...others] = [
      entryOf(body),
      entryOf(body, 1),
      entryOf(body, SENT + 1, { emptyFields: 'omit', retentionDays: 3, rendering: 'on' }),
    ];
    expect(others).toEqual([first, first]);
  }
});

test('two of the same instant that say something else have two entries', () => {
  const bodies = [
    task('a', 1),
    task('a', 2),
    task('a', 1, { TaskDetails: { JobID: 'a', TaskID: 1, Status: 'Queued' } }),
    task('a', 1, { Extra: 'x' }),
    task('a', 1, { NotificationInfo: { Name: 'StartedTaskNotification' } }),
    job('a', { Timestamp: task('a', 1).Timestamp }),
  ];
  expect(new Set(bodies.map((body) => entryOf(body)?.id)).size).toBe(bodies.length);
});

test('entries of a job sort as their instants', () => {
  const times = [
    ...['0002-01-01T00:00:00Z', '2020-08-13T20:44:07Z', '2020-08-13T20:44:07.0000001Z'],
    ...['2020-08-13T20:44:07.4Z', '2020-08-13T15:44:07.41-05:00', '2020-08-13T20:44:08'],
    '9999-12-31T23:59:59.9999999Z',
  ];
  const keys = times.map((Timestamp) => atOf(task('a', 1, { Timestamp })) as string);
  expect(keys.toSorted()).toEqual(keys);
});

test.for([undefined, null, 3, '', 'yesterday', '0001-01-01T00:00:00Z', '2020-02-30T00:00:00Z'])(
  'without a time (%j), the entry is of when SQS got it',
  (Timestamp) => {
    const { at, expires_at } = attributesOf(job('a', { Timestamp }));
    expect(at?.S).toMatch(/^2026-11-25T06:47:24\.0000000Z#/);
    expect(expires_at?.N).toBe(String(Date.parse('2026-12-25T06:47:24Z') / 1_000));
  },
);

test('a sent time of any digits makes a key that sorts', () => {
  expect(atOf(job('a', { Timestamp: '' }), '999999999999999')).toMatch(/^9999-12-31T/);
  expect(atOf(job('a', { Timestamp: '' }), '0')).toMatch(/^1970-01-01T/);
});

test('numbers and texts of other types are left out', () => {
  const odd = task('a', 1, {
    TaskDetails: {
      ...{ JobID: 'a', TaskID: 1, Status: { a: 1 }, WorkerName: 7, FrameRange: ['1'] },
      NumberOfErrors: 1.5,
    },
    NotificationInfo: { Name: 'StoppedTaskNotification', StopReason: '' },
  });
  expect(Object.keys(attributesOf(odd)).sort()).toEqual([
    ...['at', 'expires_at', 'job_id', 'task', 'transition'],
  ]);
});

test('a notification of a job that is no stop has no entry', () => {
  const doctor = job('a', { NotificationInfo: { Name: 'JobDoctorNotification' } });
  expect(entryOf(doctor)).toBeUndefined();
});

test('the level `problems` has jobs, and tasks that failed, were requeued, or were suspended', () => {
  const isEntry = (body: object) => {
    const got = record(body);
    return toEntry(toItem(got), got.body, { level: 'problems', days: 30 }) !== undefined;
  };
  const ofTask = (Status: string) =>
    task('a', 1, { TaskDetails: { JobID: 'a', TaskID: 1, Status } });
  expect(isEntry(stoppedJob)).toBe(true);
  expect(['Failed', 'Queued', 'Suspended'].map(ofTask).map(isEntry)).toEqual([true, true, true]);
  expect(['Completed', 'Pending'].map(ofTask).map(isEntry)).toEqual([false, false]);
  expect(isEntry(startedTask)).toBe(false);
});

test('a long list of frames is cut, and the entry says so; all else is whole', () => {
  const frames = Array.from({ length: 500 }, (_, index) => 1_001 + index * 3).join();
  const body = {
    ...stoppedJob,
    JobDetails: { ...stoppedJob.JobDetails, FrameRange: frames },
  };
  const { frames: cutFrames, cut, ...others } = attributesOf(body);
  const { frames: _, at: __, ...whole } = attributesOf(stoppedJob);
  expect(others).toMatchObject(whole);
  expect(cut).toEqual({ L: [{ S: 'frames' }] });
  expect(cutFrames?.S).toMatch(/^1001,1004,.*…$/);
  expect(itemSize(attributesOf(body))).toBeGreaterThan(900);
});

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 600 }),
  fc.integer({ min: 0, max: 2_000 }).map((count) => '夜'.repeat(count)),
  fc.integer({ min: 0, max: 2_000 }).map((count) => '🔥'.repeat(count)),
);

test('whatever is sent, an entry has at most a write unit, and what is cut begins as it was sent', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('job', 'task'),
      fc.array(anyText, { minLength: 12, maxLength: 12 }),
      fc.maxSafeInteger(),
      fc.nat(),
      (kind, texts, taskId, NumberOfErrors) => {
        const [JobID, Name, status, reason, worker, frames, time, ...ofJob] = texts as string[];
        fc.pre(
          Buffer.byteLength(`x${JobID}`) <= 2_048 && Buffer.byteLength(`JobSt${Name}`) <= 2_048,
        );
        const [JobName, UserName, Department, PluginName, Pool] = ofJob;
        const common = { JobID: `x${JobID}`, NumberOfErrors, FrameRange: frames };
        const sent = {
          job: {
            JobDetails: {
              ...{ ...common, JobName, UserName, Department, PluginName, Pool, BatchName: worker },
              ...{ NumberOfTasks: taskId, JobStatus: status },
              ...{ JobSubmitDateTime: '2020-08-08T13:17:12.005-05:00', JobStartedDateTime: '2020' },
              JobCompletedDateTime: '2020-08-08T13:17:12.005-05:00',
            },
            NotificationInfo: { Name: 'JobStoppedNotification', StatusReason: reason },
          },
          task: {
            TaskDetails: {
              ...common,
              TaskID: taskId,
              Status: status,
              WorkerName: worker,
              RenderTime: time,
            },
            NotificationInfo: { Name: `St${Name}`, StopReason: reason },
          },
        }[kind as 'job' | 'task'];
        const attributes = attributesOf(sent);
        expect(itemSize(attributes)).toBeLessThanOrEqual(1_024);
        const cut = attributes.cut?.L?.map(({ S }) => S) ?? [];
        const whole = {
          status,
          reason,
          frames,
          ...(kind === 'job' ? { name: JobName } : { worker }),
        };
        for (const [name, text = ''] of Object.entries(whole)) {
          const kept = attributes[name]?.S ?? '';
          if (!cut.includes(name)) expect(kept).toBe(text);
          else {
            expect(kept.endsWith('…')).toBe(true);
            expect(text.startsWith(kept.slice(0, -1))).toBe(true);
          }
        }
      },
    ),
    { numRuns: 100 },
  );
});
