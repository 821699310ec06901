import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import type { FarmState } from '../../../../../src/cli/board/state/farm-state.ts';
import { GROUPINGS } from '../../../../../src/cli/statistics/grouping.ts';
import {
  type FarmNotification,
  simulateFarm,
} from '../../../../../src/local/farm/simulate-farm.ts';
import type { Transition } from '../../../../../src/shared/history-entry.ts';
import { boardNight } from '../../../../support/board-night.ts';
import { plainSums } from '../../../../support/plain-sums.ts';
import { serviceError } from '../../../../support/proxy.ts';
import { stoppedJob, taskIn } from '../../../../support/stack-to-ask.ts';
import { JOBS, TASKS } from '../../../../support/test-tables.ts';

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
const END = Date.UTC(2026, 10, 26, 9);
const NIGHT = simulateFarm({ seed: 6, end: END, hours: 1.5, jobs: 7 });
const HOURS = 1;

type Body = FarmNotification['body'];
const jobOf = (body: Body) =>
  'JobDetails' in body ? body.JobDetails.JobID : body.TaskDetails.JobID;
const statusOf = (body: Body) =>
  'JobDetails' in body ? body.JobDetails.JobStatus : body.TaskDetails.Status;

/** The job with the most requeues. */
const [BUSY = ''] = Object.entries(
  Object.groupBy(
    NIGHT.filter(({ body }) => statusOf(body) === 'Queued'),
    ({ body }) => jobOf(body),
  ),
)
  .sort(([, a = []], [, b = []]) => b.length - a.length)
  .map(([job]) => job);

function workersOf(all: readonly FarmNotification[]) {
  const counts: Record<string, number> = {};
  for (const { body } of all) {
    const { WorkerName = '' } = 'TaskDetails' in body ? body.TaskDetails : {};
    counts[WorkerName] = (counts[WorkerName] ?? 0) + 1;
  }
  return counts;
}

/** What the overview has to say of a night, told from its notifications alone. */
function toldBy(night: readonly FarmNotification[], until: number) {
  const since = until - HOURS * HOUR;
  const rows = new Map<string, FarmNotification>();
  for (const each of night) {
    const { body } = each;
    rows.set(`${jobOf(body)}/${'TaskDetails' in body ? body.TaskDetails.TaskID : ''}`, each);
  }
  const jobs = [...rows.values()].filter(({ body }) => 'JobDetails' in body);
  const tasks = [...rows.values()].filter(({ body }) => 'TaskDetails' in body);
  const stopped = jobs.filter(({ sent }) => sent >= since);
  const failedJobs = stopped.filter(({ body }) => statusOf(body) === 'Failed');
  const ids = new Set(failedJobs.map(({ body }) => jobOf(body)));
  const failed = tasks
    .filter(({ body }) => statusOf(body) === 'Failed')
    .filter(({ sent, body }) => sent >= since || ids.has(jobOf(body)));
  const stops = new Map(jobs.map(({ body, sent }) => [jobOf(body), sent]));
  const rendering = tasks
    .filter(({ body }) => statusOf(body) === 'Rendering')
    .filter(({ body, sent }) => (stops.get(jobOf(body)) ?? 0) <= sent);
  const requeues = night.filter(
    ({ body }) =>
      'TaskDetails' in body &&
      statusOf(body) === 'Queued' &&
      Date.parse(body.Timestamp ?? '') >= since,
  );
  return {
    failedTasks: failed.length,
    jobsWithFailures: new Set([...ids, ...failed.map(({ body }) => jobOf(body))]).size,
    failedJobs: failedJobs.length,
    requeues: requeues.length,
    stoppedJobs: stopped.length,
    completedJobs: stopped.filter(({ body }) => statusOf(body) === 'Completed').length,
    renderingTasks: rendering.length,
    renderingJobs: new Set(rendering.map(({ body }) => jobOf(body))).size,
    failedBy: workersOf(failed),
    requeuedOn: workersOf(requeues),
  };
}

function saidOf({ summary, workers }: FarmState) {
  const { requeueWorkers: _, ...counts } = summary;
  const by = (count: (line: FarmState['workers'][number]) => number) =>
    Object.fromEntries(
      workers.map((line) => [line.worker, count(line)] as const).filter(([, many]) => many > 0),
    );
  return {
    ...counts,
    failedBy: by(({ failed }) => failed),
    requeuedOn: by(({ requeued }) => requeued ?? 0),
  };
}

describe('a night, as it comes', async () => {
  const { board, clock, store, proxy } = await boardNight();
  const slices = [END - 45 * MINUTE, END - 44 * MINUTE, END - 20 * MINUTE, END];

  test('is told as its notifications have it, by reading what changed', async () => {
    clock.now = slices[0] as number;
    await using state = board();
    await state.farm(HOURS);
    let before = 0;
    const seen: Transition[] = [];
    using _ = state.feed({}, (each) => void seen.push(each));
    await state.look();
    for (const until of slices) {
      const part = NIGHT.filter(({ sent }) => sent > before && sent <= until);
      await store(part);
      before = until;
      clock.now = until;
      await state.look();
      const farm = await state.farm(HOURS);
      expect(farm.status.lamp).toBe('live');
      const known = NIGHT.filter(({ sent }) => sent <= until);
      expect(saidOf(farm)).toEqual(toldBy(known, until));
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    await using fresh = board();
    const whole = await fresh.farm(HOURS);
    const { status: _now, ...farm } = await state.farm(HOURS);
    expect(farm).toEqual({ ...whole, status: undefined });
  });

  test('what the jobs of the span took are plain sums, in all and by group, and each job is read once', async () => {
    clock.now = END;
    let reads = 0;
    proxy.faultOf = ({ input }) => {
      if ('TableName' in input && input.TableName === TASKS && !('IndexName' in input)) {
        reads += 1;
      }
      return undefined;
    };
    await using state = board();
    const plain = plainSums(NIGHT, { since: END - HOURS * HOUR, until: END + 1 });
    const said = () => state.statistics({ hours: HOURS, by: 'department' });
    await expect.poll(async () => (await said()).read).toBe(plain.totals.jobs);
    const once = reads;
    const { status, total, groups, ...counts } = await said();
    expect([status.lamp, counts]).toMatchObject(['live', { leftOut: 0, unread: null }]);
    expect(total).toMatchObject({
      ...{ jobs: plain.totals.jobs, jobsFailed: plain.totals['failed jobs'] },
      ...{ renderSeconds: plain.totals.rendered, wastedSeconds: plain.totals.wasted },
      ...{ errors: plain.totals.errors, outputBytes: BigInt(plain.totals.output) },
    });
    const rendered = groups.map(({ group, figures }) => [group, figures.renderSeconds]);
    expect(new Map(rendered as never)).toEqual(plain.departments);
    expect(rendered).toEqual(rendered.toSorted(([, a], [, b]) => Number(b) - Number(a)));
    // The command has the same total, whatever it counts by.
    for (const by of GROUPINGS) {
      expect((await state.statistics({ hours: HOURS, by })).total).toEqual(total);
    }
    await state.look();
    proxy.reset();
    expect(reads).toBe(once);
  });

  test('each transition of a job is fed once, of all or since a time', async () => {
    clock.now = END;
    await using state = board();
    const job = BUSY;
    const own = NIGHT.filter(({ body }) => jobOf(body) === job);
    const all: Transition[] = [];
    using _ = state.feed({ job, since: 0 }, (each) => void all.push(each));
    await state.look();
    expect(all.length).toBe(own.length);
    const { at } = all[Math.floor(all.length / 2)] as Transition;
    const rest: Transition[] = [];
    using __ = state.feed({ job, since: Date.parse(at) }, (each) => void rest.push(each));
    await state.look();
    expect(rest).toEqual(all.filter((each) => each.at >= at));
  });

  test('an entry that a look read before it failed is fed once the next one is done', async () => {
    clock.now = END;
    await using state = board();
    await state.farm(HOURS);
    const seen: string[] = [];
    using _ = state.feed({ job: BUSY, since: 0 }, ({ id }) => void seen.push(id));
    // The job's tasks are read after its history.
    proxy.faultOf = ({ input }) =>
      'TableName' in input && input.TableName === TASKS && !('IndexName' in input)
        ? { broken: true, applied: false }
        : undefined;
    await state.look();
    proxy.reset();
    await state.look();
    expect(seen).toHaveLength(NIGHT.filter(({ body }) => jobOf(body) === BUSY).length);
  });

  test("a job's page has its tasks as they are, and how often each was requeued", async () => {
    clock.now = END;
    await using state = board();
    const page = await state.job(BUSY);
    const own = NIGHT.filter(({ body }) => jobOf(body) === BUSY);
    const tasks = new Map<number, { status: string | undefined; requeues: number }>();
    for (const { body } of own) {
      if (!('TaskDetails' in body)) continue;
      const { TaskID, Status } = body.TaskDetails;
      const requeues = (tasks.get(TaskID)?.requeues ?? 0) + (Status === 'Queued' ? 1 : 0);
      tasks.set(TaskID, { status: Status, requeues });
    }
    const told = page?.tasks.map(({ task, status, requeues }) => [task, { status, requeues }]);
    expect(told).toEqual([...tasks].sort(([one], [other]) => one - other));
    expect(page?.transitions.length).toBe(own.length);
    const requeued = own.filter(({ body }) => statusOf(body) === 'Queued');
    expect(Object.fromEntries(page?.requeuesByWorker ?? [])).toEqual(workersOf(requeued));
    const counts = page?.requeuesByWorker?.map(([, count]) => count);
    expect(counts).toEqual(counts?.toSorted((a, b) => b - a));
    expect(await state.job('no-such-job')).toBeUndefined();
  });
});

describe('without a history', async () => {
  const { board, clock, proxy, store, client } = await boardNight('off');
  const sent = (ago: number, body: object) => ({ sent: clock.now - ago, body: body as Body });

  test('the feed has what the indexes show, once, late or not, over a reconnect, too', async () => {
    clock.now = END - 12 * HOUR;
    await using state = board();
    await state.farm(HOURS);
    const seen: Transition[] = [];
    const feed = state.feed({}, (each) => void seen.push(each));
    await state.look();
    await store([sent(SECOND, stoppedJob('on-time', 'Failed')), sent(0, taskIn('a', 1, 'Failed'))]);
    await state.look();
    await state.look();
    expect(seen.map(({ job, transition }) => [job, transition])).toEqual([
      ['on-time', 'job-failed'],
      ['a', 'task-failed'],
    ]);
    expect(seen[1]).toEqual({
      ...{
        id: 'a/2026-11-25T21:00:00.000#1#task-failed',
        at: new Date(clock.now).toISOString(),
        job: 'a',
        task: 1,
      },
      ...{ transition: 'task-failed', status: 'Failed', reason: 'was set to Failed' },
      ...{ worker: 'render-01', frames: '1-1', errors: null },
    });
    feed[Symbol.dispose]();
    await store([sent(8 * MINUTE, stoppedJob('late', 'Completed'))]);
    clock.now += MINUTE;
    await store([sent(0, taskIn('a', 1, 'Rendering'))]);
    await state.look();
    const rest: Transition[] = [];
    const after = seen.at(-1)?.id as string;
    using _ = state.feed({ after }, (each) => void rest.push(each));
    const ofJob: Transition[] = [];
    using __ = state.feed({ job: 'a', since: 0 }, (each) => void ofJob.push(each));
    await state.look();
    expect(rest.map(({ job, transition }) => [job, transition])).toEqual([
      ['late', 'job-completed'],
      ['a', 'task-started'],
    ]);
    expect(ofJob.map(({ transition }) => transition)).toEqual(['task-failed', 'task-started']);
    expect((await state.farm(HOURS)).summary).toMatchObject({ failedTasks: 0, renderingTasks: 1 });
  });

  test('what a look found before it failed is fed once the next one is done', async () => {
    clock.now = END - 11 * HOUR;
    await using state = board();
    await state.farm(HOURS);
    const seen: string[] = [];
    using _ = state.feed({}, ({ job }) => void seen.push(job));
    await state.look();
    await store([sent(0, stoppedJob('found', 'Failed'))]);
    const all: string[] = [];
    await using other = board();
    for (const index of ['failed-by-time', 'rendering-by-time']) {
      proxy.faultOf = ({ input }) =>
        'IndexName' in input && input.IndexName === index
          ? serviceError('ProvisionedThroughputExceededException')
          : undefined;
      await state.look();
      await other.look();
    }
    using __ = other.feed({ since: clock.now }, ({ job }) => void all.push(job));
    await other.look();
    proxy.reset();
    for (const each of [state, other, state, other]) await each.look();
    expect([seen, all]).toEqual([['found'], ['found']]);
  });

  test('a feed that is asked for while a look is under way knows all of before', async () => {
    clock.now = END - 10 * HOUR;
    await store([sent(50 * HOUR, stoppedJob('before', 'Failed'))]);
    await using state = board();
    const look = state.farm(HOURS);
    const seen: string[] = [];
    using _ = state.feed({ since: clock.now - 60 * HOUR }, ({ job }) => void seen.push(job));
    await look;
    await state.look();
    expect(seen).toContain('before');
  });

  test('who comes back after a night and asks for more than before gets all of the night', async () => {
    clock.now = END - 60 * HOUR;
    await using state = board();
    await state.farm(HOURS);
    clock.now += 10 * HOUR;
    await store([sent(5 * HOUR, stoppedJob('of-the-night', 'Failed'))]);
    await store([sent(0, taskIn('now', 1, 'Failed'))]);
    const jobs = async () => (await state.jobs({ since: clock.now - 24 * HOUR })).jobs;
    await jobs();
    await state.look();
    expect((await jobs()).map(({ job }) => job)).toContain('of-the-night');
    await store([sent(-SECOND, taskIn('now', 1, 'Completed'))]);
  });

  test('what was asked for once is forgotten, and read again for who asks again', async () => {
    clock.now = END - 40 * HOUR;
    await store([sent(100 * HOUR, stoppedJob('of-old', 'Failed'))]);
    await store([sent(100 * HOUR, taskIn('of-old', 1, 'Failed'))]);
    await using state = board();
    const any = async () => (await state.jobs({ since: 0 })).jobs.map(({ job }) => job);
    expect(await any()).toContain('of-old');
    await state.farm(HOURS);
    clock.now += 11 * MINUTE;
    await state.look();
    // All failed tasks are read again each ten minutes: those of the last hours only.
    clock.now += 11 * MINUTE;
    const { length } = proxy.calls;
    await state.look();
    const read = proxy.calls.slice(length).map(({ input }) => JSON.stringify(input));
    const earliest = read.flatMap((input) => input.match(/(?<="N":")\d+/g) ?? []).map(Number);
    expect(Math.min(...earliest)).toBeGreaterThan(clock.now - 24 * HOUR);
    expect(await any()).toContain('of-old');
  });

  test('a row of another program is passed over', async () => {
    clock.now = END - 9 * HOUR;
    const row = (job: string, fields: object) => ({
      ...{ job_id: { S: job }, sent_timestamp: { N: String(clock.now) } },
      ...{ task_type: { S: 'JobStoppedNotification' }, ...fields },
    });
    for (const Item of [
      row('bare', {}),
      row('odd', { job_details: { M: { JobName: { N: '1' }, JobStatus: { L: [] } } } }),
    ]) {
      await client.send(new PutItemCommand({ TableName: JOBS, Item }));
    }
    await using state = board();
    const { status, stopped } = await state.farm(HOURS);
    expect(status.lamp).toBe('live');
    const told = stopped.map(({ job, name, status: what }) => ({ job, name, what }));
    expect(told.toSorted((a, b) => (a.job < b.job ? -1 : 1))).toEqual([
      { job: 'bare', name: null, what: null },
      { job: 'odd', name: null, what: null },
    ]);
    expect(await state.job('bare')).toMatchObject({ tasks: [], job: { name: null } });
  });

  test('rows of which nobody knows when they were sent are counted in a note', async () => {
    clock.now = END - 8 * HOUR;
    const key = { job_id: { S: 'of-a-clock' }, sent_timestamp: { N: String(clock.now * 1_000) } };
    const job = { ...key, task_type: { S: 'JobStoppedNotification' } };
    await client.send(new PutItemCommand({ TableName: JOBS, Item: job }));
    await using state = board();
    const { status } = await state.farm(HOURS);
    expect(status.notes).toEqual([
      '1 row with a send time that cannot be is left out; `jobs` and `failed` have such rows last.',
    ]);
    await client.send(new DeleteItemCommand({ TableName: JOBS, Key: { job_id: key.job_id } }));
  });

  test('on a good night it says when something last failed', async () => {
    clock.now = END - 6 * HOUR;
    await store([sent(100 * HOUR, taskIn('old', 1, 'Failed'))]);
    const failedAt = clock.now - 100 * HOUR;
    await using state = board();
    expect(await state.farm(HOURS)).toMatchObject({ failedJobs: [], lastFailure: failedAt });
  });

  test('where DynamoDB throttles, it looks less often, and as often as before in time', async () => {
    clock.now = END;
    await store(NIGHT.slice(-50));
    await using state = board();
    await state.farm(HOURS);
    proxy.faultOf = () => serviceError('ProvisionedThroughputExceededException');
    await state.look();
    const late = await state.farm(HOURS);
    expect(late.status).toMatchObject({
      ...{ lamp: 'late', reason: 'DynamoDB throttles.', lookEvery: 20_000, nextTry: null },
    });
    await state.look();
    expect((await state.farm(HOURS)).status.lookEvery).toBe(40_000);
    proxy.reset();
    await state.look();
    expect((await state.farm(HOURS)).status).toMatchObject({ lamp: 'late', lookEvery: 20_000 });
    await state.look();
    expect((await state.farm(HOURS)).status).toMatchObject({ lamp: 'live', lookEvery: 4_000 });
  });

  test('without an answer, it says since when, tries again, and keeps what it knows', async () => {
    clock.now = END;
    await using state = board();
    const { stopped } = await state.farm(HOURS);
    clock.now += MINUTE;
    proxy.faultOf = () => ({ broken: true, applied: false });
    await state.look();
    const { status, ...farm } = await state.farm(HOURS);
    expect(status).toMatchObject({
      ...{ lamp: 'cut off', since: END, nextTry: END + MINUTE + 2 * SECOND },
      reason: expect.stringMatching(/^No answer from AWS \(.*\)\.$/),
    });
    expect(farm.stopped).toEqual(stopped);
    // Who asks does not wait for AWS meanwhile.
    const { length } = proxy.calls;
    clock.now += SECOND;
    await state.job('unknown');
    expect(proxy.calls.length).toBe(length);
    proxy.reset();
    clock.now += MINUTE;
    expect((await state.farm(HOURS)).status).toMatchObject({ lamp: 'live', since: clock.now });
  });

  test('without the history, what only it knows is not known', async () => {
    clock.now = END;
    await using state = board();
    const { summary, workers } = await state.farm(HOURS);
    expect(summary).toMatchObject({ requeues: null, requeueWorkers: null });
    for (const { requeued, tasks, rendered } of workers) {
      expect({ requeued, tasks, rendered }).toEqual({
        requeued: null,
        tasks: null,
        rendered: null,
      });
    }
  });

  test('wasted time is not known, and tasks that cannot be read are told by the lamp', async () => {
    clock.now = END + 200 * HOUR;
    await store([
      sent(MINUTE, taskIn('counted', 1, 'Completed', { RenderTime: '00:10:00' })),
      sent(0, stoppedJob('counted', 'Completed')),
    ]);
    await using state = board();
    proxy.faultOf = ({ input }) =>
      'TableName' in input && input.TableName === TASKS && !('IndexName' in input)
        ? serviceError('ProvisionedThroughputExceededException')
        : undefined;
    const broken = await state.statistics({ hours: HOURS });
    expect([broken.status.lamp, broken.stopped, broken.read]).toEqual(['late', 1, 0]);
    proxy.reset();
    await state.look();
    const { total, groups } = await state.statistics({ hours: HOURS });
    expect(total).toMatchObject({ completed: 1, renderSeconds: 600, wastedSeconds: null });
    expect(groups).toEqual([]);
  });
});
