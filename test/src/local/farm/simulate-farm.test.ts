import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { toItem } from '../../../../src/ingest/item/item.ts';
import { parseInstant } from '../../../../src/ingest/item/version.ts';
import { type FarmNotification, simulateFarm } from '../../../../src/local/farm/simulate-farm.ts';
import { JobNotification, TaskNotification } from '../../../../src/shared/documented-fields.ts';
import startedTask from '../../../../src/shared/samples/started-task.json' with { type: 'json' };
import stoppedJob from '../../../../src/shared/samples/stopped-job.json' with { type: 'json' };
import stoppedTask from '../../../../src/shared/samples/stopped-task.json' with { type: 'json' };
import { record } from '../../../support/records.ts';

const END = Date.UTC(2026, 10, 24, 7);
const MINUTE = 60_000;

/** Nights of all kinds: most with the defaults, some short, some with few jobs. */
const nights = fc
  .record(
    {
      seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      end: fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2100, 0, 1) }),
      hours: fc.integer({ min: 1, max: 24 }),
      jobs: fc.integer({ min: 0, max: 60 }),
    },
    { requiredKeys: ['seed', 'end'] },
  )
  .map((options) => ({ options, sent: simulated(options) }));

type Options = Parameters<typeof simulateFarm>[0];

/** All properties are checked on the same nights, as to make one up takes longer than to check it. */
const seed = Math.floor(Math.random() * 2 ** 31);
const known = new Map<string, FarmNotification[]>();

function simulated(options: Options): FarmNotification[] {
  const key = JSON.stringify(options);
  const sent = known.get(key) ?? simulateFarm(options);
  known.set(key, sent);
  return sent;
}
afterAll(() => known.clear());

function property(check: (sent: FarmNotification[], end: number) => void) {
  fc.assert(
    fc.property(nights, ({ options, sent }) => check(sent, options.end)),
    { seed, numRuns: 8, interruptAfterTimeLimit: 45_000 },
  );
}

afterEach(() => {
  vi.unstubAllEnvs();
});

interface JobHistory {
  readonly jobId: string;
  /** By task id, in the order of sending. */
  readonly tasks: Map<number, TaskNotification[]>;
  readonly stop: JobNotification | undefined;
  /** Notifications after the job's stop. */
  readonly late: number;
}

/** Groups what was sent by job. */
function groupByJob(sent: readonly FarmNotification[]): JobHistory[] {
  const byJob = Map.groupBy(sent, ({ body }) => jobIdIn(body));
  return [...byJob].map(([jobId, all]) => {
    const bodies = all.map(({ body }) => body);
    const stoppedAt = bodies.findIndex((body) => 'JobDetails' in body);
    return {
      jobId,
      tasks: Map.groupBy(
        bodies.filter(isTaskNotification),
        ({ TaskDetails }) => TaskDetails.TaskID,
      ),
      stop: bodies.find((body) => 'JobDetails' in body),
      late: stoppedAt === -1 ? 0 : bodies.length - 1 - stoppedAt,
    };
  });
}

function isTaskNotification(body: FarmNotification['body']): body is TaskNotification {
  return 'TaskDetails' in body;
}

function jobIdIn(body: FarmNotification['body']): string {
  return isTaskNotification(body) ? body.TaskDetails.JobID : body.JobDetails.JobID;
}

function rowKey(body: FarmNotification['body']): string {
  return isTaskNotification(body) ? `${jobIdIn(body)}/${body.TaskDetails.TaskID}` : jobIdIn(body);
}

/** The first letters of a task's statuses, such as `RQRC`. */
function statusLetters(bodies: readonly TaskNotification[]): string {
  return bodies.map(({ TaskDetails }) => TaskDetails.Status?.[0]).join('');
}

/** Counts tasks by the first letter of their last status. */
function countLast({ tasks }: JobHistory, letters: string): number {
  return [...tasks.values()].filter((each) => letters.includes(statusLetters(each).at(-1) ?? '?'))
    .length;
}

describe('a seed', () => {
  test('always gives the same night, whatever ran in between and in any time zone', () => {
    const night = simulateFarm({ seed: 1, end: END });
    simulateFarm({ seed: 2, end: END });
    vi.stubEnv('TZ', 'Asia/Kathmandu');
    expect(simulateFarm({ seed: 1, end: END })).toEqual(night);
  });

  test('gives a different night', () => {
    const seeds = [0, 1, 2, 2 ** 31, 2 ** 32 - 1];
    const nights = seeds.map((seed) => JSON.stringify(simulateFarm({ seed, end: END })));
    expect(new Set(nights).size).toBe(seeds.length);
  });
});

describe('each notification', () => {
  test('has exactly the documented fields, with the documented types', () => {
    property((sent) => {
      for (const { body } of sent) {
        const isStart = body.NotificationInfo.Name === 'StartedTaskNotification';
        const task = isStart ? startedTask : stoppedTask;
        const [schema, sample] = isTaskNotification(body)
          ? [TaskNotification, task]
          : [JobNotification, stoppedJob];
        const parsed = z.parse(schema, body);
        if (JSON.stringify(parsed) === JSON.stringify(body) && shape(body) === shape(sample))
          continue;
        expect(body).toEqual(parsed);
        expect(shape(body)).toBe(shape(sample));
      }
    });
  });

  /** All field names with the types of their values. */
  function shape(body: object): string {
    return JSON.stringify(body, (name, value) => {
      if (name === 'AWSInfo') return 'map';
      return typeof value === 'object' ? value : typeof value;
    });
  }

  test('becomes a row with its send time', () => {
    property((sent) => {
      for (const { sent: ms, body } of sent) {
        const { id, version } = toItem(record(body, ms));
        const { Timestamp: timestamp } = body;
        if (version.sentTimestamp !== ms || version.timestamp !== timestamp) {
          expect({ id, version }).toEqual({ id, version: { sentTimestamp: ms, timestamp } });
        }
      }
    });
  });

  test('has times as .NET writes them, and a job id that begins with the second of submission', () => {
    property((sent) => {
      const odd = sent.filter(({ body }) => {
        const { Timestamp, ...rest } = body;
        const isTrimmed = /^\d{4}(-\d\d){2}T\d\d(:\d\d){2}(\.\d{0,6}[1-9])?Z$/.test(
          Timestamp ?? '',
        );
        const times = Object.entries({
          ...('JobDetails' in rest ? rest.JobDetails : rest.TaskDetails),
        }).filter(([name]) => /DateTime$|RenderStartTime/.test(name));
        return !isTrimmed || !times.every(([, value]) => isLocal(String(value)));
      });
      expect(odd).toEqual([]);
      for (const { stop } of groupByJob(sent)) {
        const { JobID, JobSubmitDateTime = '' } = stop?.JobDetails ?? { JobID: undefined };
        const second = Math.floor(Date.parse(JobSubmitDateTime) / 1_000);
        if (JobID) expect(JobID).toMatch(new RegExp(`^${second.toString(16)}[0-9a-f]{16}$`));
      }
    });
  });

  function isLocal(time: string): boolean {
    return (
      time === '0001-01-01T00:00:00Z' || /^\d{4}(-\d\d){2}T\d\d(:\d\d){2}\.\d{3}-05:00$/.test(time)
    );
  }
});

describe('sending', () => {
  test('follows the order of events and stops at the end of the night', () => {
    property((sent, end) => {
      let before = { sent: 0, instant: 0n };
      for (const { sent: ms, body } of sent) {
        const instant = parseInstant(body.Timestamp);
        const isInOrder = ms > before.sent && instant > before.instant && ms <= end;
        if (!isInOrder) expect([ms, instant, end]).toEqual('in order');
        before = { sent: ms, instant };
      }
    });
  });

  test('is sent in one burst a minute', () => {
    property((sent) => {
      const gaps = sent.slice(1).map(({ sent: ms }, index) => ms - (sent[index]?.sent ?? 0));
      expect(gaps.filter((gap) => gap > 10 && gap < MINUTE - 5_000)).toEqual([]);
      for (const { sent: ms, body } of sent) {
        const delay = ms - Number(parseInstant(body.Timestamp) / 10_000n);
        if (delay <= 0 || delay > MINUTE + 5_000) expect(delay).toBe('within a minute');
      }
    });
  });
});

describe('a task', () => {
  test('renders, may be requeued and render again, and completes, fails, or is suspended once', () => {
    property((sent) => {
      const histories = groupByJob(sent).flatMap(({ tasks }) =>
        [...tasks.values()].map(statusLetters),
      );
      expect(histories.filter((each) => !/^(RQ)*R[CFS]?$|^(RQ)+$/.test(each))).toEqual([]);
    });
  });

  test('has start and stop notifications, and a reason for each stop', () => {
    property((sent) => {
      for (const { TaskDetails, NotificationInfo } of sent
        .map(({ body }) => body)
        .filter(isTaskNotification)) {
        const { JobID, TaskID, Status, Progress } = TaskDetails;
        const isStart = Status === 'Rendering';
        const reason = `The Task '${JobID}_${TaskID}' was set to ${Status}.`;
        const expected = isStart
          ? { Name: 'StartedTaskNotification' }
          : { Name: 'StoppedTaskNotification', StopReason: reason };
        expect(NotificationInfo).toEqual(expected);
        if (isStart) expect(Progress).toBe('0 %');
        expect(Progress === '100 %').toBe(Status === 'Completed');
        expect(TaskDetails.CompletedDateTime?.startsWith('0001')).toBe(Status !== 'Completed');
      }
    });
  });

  test('never loses errors, and fails only with an error or with its job', () => {
    property((sent) => {
      for (const { tasks, stop } of groupByJob(sent)) {
        for (const bodies of tasks.values()) {
          const errors = bodies.map(({ TaskDetails }) => TaskDetails.NumberOfErrors ?? -1);
          expect(errors).toEqual(errors.toSorted((a, b) => a - b));
          expect(errors[0]).toBe(0);
          if (statusLetters(bodies).endsWith('F') && stop?.JobDetails.JobStatus !== 'Failed') {
            expect(errors.at(-1)).toBeGreaterThan(0);
          }
        }
      }
    });
  });

  test('has a render time that spans its start and its stop', () => {
    property((sent) => {
      const starts = new Map<string, TaskNotification>();
      for (const { body } of sent) {
        if (!isTaskNotification(body)) continue;
        if (body.TaskDetails.Status === 'Rendering') starts.set(rowKey(body), body);
        else {
          const start = starts.get(rowKey(body));
          const took = parseInstant(body.Timestamp) - parseInstant(start?.Timestamp);
          const [h = 0, m = 0, s = 0] = (body.TaskDetails.RenderTime ?? '').split(':').map(Number);
          const renderTime = ((h * 60 + m) * 60 + s) * 1_000;
          expect(Math.abs(Number(took / 10_000n) - renderTime)).toBeLessThan(2_000);
          expect(body.TaskDetails.TaskStartDateTime).toBe(start?.TaskDetails.TaskStartDateTime);
        }
      }
    });
  });
});

describe('a worker', () => {
  test('renders one task at a time, always on the same machine', () => {
    property((sent) => {
      const busy = new Map<string, string>();
      const machines = new Map<string, string>();
      for (const { TaskDetails, WorkerInfo, Source } of sent
        .map(({ body }) => body)
        .filter(isTaskNotification)) {
        const { JobID, TaskID, WorkerName = '', Status } = TaskDetails;
        const isStart = Status === 'Rendering';
        expect(busy.get(WorkerName)).toBe(isStart ? undefined : `${JobID}/${TaskID}`);
        if (isStart) busy.set(WorkerName, `${JobID}/${TaskID}`);
        else busy.delete(WorkerName);
        const machine = JSON.stringify([Source, WorkerInfo]);
        expect(machine).toBe(machines.get(WorkerName) ?? machine);
        machines.set(WorkerName, machine);
      }
      expect(new Set(machines.values()).size).toBe(machines.size);
    });
  });
});

describe('a job', () => {
  test('stops once, after its last task, for a reason that its tasks confirm', () => {
    property((sent) => {
      for (const job of groupByJob(sent)) {
        const { JobStatus, NumberOfTasks, NumberOfErrors } = job.stop?.JobDetails ?? {};
        expect(job.late).toBe(0);
        if (!job.stop) continue;
        expect(countLast(job, 'R')).toBe(0);
        const errors = [...job.tasks.values()].map(
          (bodies) => bodies.at(-1)?.TaskDetails.NumberOfErrors ?? 0,
        );
        expect(NumberOfErrors).toBe(errors.reduce((a, b) => a + b, 0));
        if (JobStatus === 'Completed') expect(countLast(job, 'CF')).toBe(NumberOfTasks);
        else expect(countLast(job, 'CF')).toBeLessThanOrEqual(NumberOfTasks ?? 0);
        if (JobStatus === 'Failed') expect(countLast(job, 'F')).toBeGreaterThan(0);
        if (!/Suspended|Active/.test(JobStatus ?? '')) expect(countLast(job, 'S')).toBe(0);
      }
    });
  });

  test('has each frame in exactly one task', () => {
    property((sent) => {
      for (const { tasks, stop } of groupByJob(sent)) {
        const { FrameRange = '', NumberOfTasks = 0 } = stop?.JobDetails ?? {};
        const ranges = [...tasks].map(([id, [body]]) => {
          const [first = 0, last = 0] = (body?.TaskDetails.FrameRange ?? '').split('-').map(Number);
          expect(body?.TaskDetails.Name).toBe(`${id}_${first}-${last}`);
          return { id, first, last };
        });
        ranges.sort((a, b) => a.id - b.id);
        if (stop) expect(ranges.at(-1)?.id).toBeLessThan(NumberOfTasks);
        if (stop?.JobDetails.JobStatus !== 'Completed') continue;
        expect(ranges.map(({ id }) => id)).toEqual(
          Array.from({ length: NumberOfTasks }, (_, i) => i),
        );
        expect(`${ranges[0]?.first}-${ranges.at(-1)?.last}`).toBe(FrameRange);
        for (const [index, { first }] of ranges.slice(1).entries()) {
          expect(first).toBe((ranges[index]?.last ?? 0) + 1);
        }
      }
    });
  });
});

describe('the night of seed 1', () => {
  const sent = simulateFarm({ seed: 1, end: END });
  const jobs = groupByJob(sent);
  const ended = (status?: string) =>
    jobs.filter(({ stop }) => stop?.JobDetails.JobStatus === status);

  test('has jobs with every outcome, most of them completed', () => {
    expect(sent.length).toBeGreaterThan(3_000);
    expect(sent.length).toBeLessThan(5_000);
    expect(ended('Completed').length).toBeGreaterThan(jobs.length / 2);
    expect(ended('Failed').length).toBeGreaterThan(1);
    for (const end of ['Suspended', 'Active']) expect(ended(end).length).toBeGreaterThan(0);
    const rendered = ended(undefined).filter((job) => countLast(job, 'R') > 0);
    expect(rendered.length).toBeGreaterThan(0);
    expect(ended('Suspended').some((job) => countLast(job, 'S') > 0)).toBe(true);
    expect(ended('Suspended')[0]?.stop?.NotificationInfo.StatusReason).toBe('Job was suspended');
    expect(ended('Active')[0]?.stop?.NotificationInfo.StatusReason).toBe('Job was deleted');
  });

  test('has a handful of failed tasks in jobs that did not fail', () => {
    const isolated = [...ended('Completed'), ...ended(undefined)].map((job) => countLast(job, 'F'));
    const count = isolated.reduce((a, b) => a + b, 0);
    expect(count).toBeGreaterThan(3);
    expect(count).toBeLessThan(15);
  });

  test('has tasks whose worker was lost and which another worker rendered', () => {
    const bodies = sent.map(({ body }) => body).filter(isTaskNotification);
    const lost = bodies.filter(({ TaskDetails: { Status, WorkerName } }, index) => {
      const isLast = bodies.findLastIndex((each) => each.TaskDetails.WorkerName === WorkerName);
      return Status === 'Queued' && isLast === index;
    });
    expect(lost.length).toBeGreaterThan(0);
    for (const body of lost) {
      const { JobID, TaskID, WorkerName } = body.TaskDetails;
      const task = jobs.find(({ jobId }) => jobId === JobID)?.tasks.get(TaskID) ?? [];
      const next = task[task.indexOf(body) + 1]?.TaskDetails;
      expect(next?.Status).toBe('Rendering');
      expect(next?.WorkerName).not.toBe(WorkerName);
    }
  });

  test('has short tasks whose start and stop are sent within a second', () => {
    const times = Map.groupBy(sent, ({ body }) => rowKey(body)).values();
    const gaps = [...times].map(
      ([first, second]) => (second?.sent ?? Infinity) - (first?.sent ?? 0),
    );
    expect(gaps.filter((gap) => gap < 1_000).length).toBeGreaterThan(10);
  });
});
