import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import {
  type JobSummary,
  jobSummary,
  type Row,
  rowNumber,
} from '../../../../src/cli/aws/row-summary.ts';
import { GROUPINGS, groupOf } from '../../../../src/cli/statistics/grouping.ts';
import { measuredTask } from '../../../../src/cli/statistics/measured-task.ts';
import { Statistics } from '../../../../src/cli/statistics/statistics.ts';
import type { Figures } from '../../../../src/cli/statistics/totals.ts';
import { wastedTries } from '../../../../src/cli/statistics/wasted-tries.ts';
import type { HistoryEntry } from '../../../../src/shared/history-entry.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A task as someone who made it up knows it. */
interface MadeUpTask {
  readonly status: string;
  readonly worker: string | null;
  /** How long it rendered: whole seconds, and ticks of 100 ns; null where its row has nothing that can be. */
  readonly ran: { readonly seconds: number; readonly ticks: number } | null;
  readonly ramBytes: bigint;
  readonly usedClocks: bigint;
  readonly clocks: bigint;
  readonly errors: number | null;
  /** What the history has of it. */
  readonly tries: readonly {
    readonly worker: string;
    readonly end: 'task-failed' | 'task-requeued' | 'task-completed';
    readonly ran: MadeUpTask['ran'];
  }[];
}

const FIELDS = ['user', 'department', 'plugin', 'pool', 'batch'] as const;

const name = fc.constantFrom('', 'a', 'b', 'total');
/** Up to what .NET's `UInt64` holds. */
const large = fc.oneof(fc.constant(0n), fc.bigInt(1n, 2n ** 64n - 1n));
const ran = fc.option(fc.record({ seconds: fc.nat(300_000), ticks: fc.nat(9_999_999) }));
const madeUpTask: fc.Arbitrary<MadeUpTask> = fc.record({
  status: fc.constantFrom('Completed', 'Failed', 'Rendering', 'Queued', 'Suspended', 'Unheard'),
  worker: fc.constantFrom(null, 'render-1', 'render-2', 'render-3'),
  ran,
  ramBytes: large,
  usedClocks: large,
  clocks: large,
  errors: fc.option(fc.nat(30)),
  tries: fc.array(
    fc.record({
      worker: fc.constantFrom('render-1', 'render-2', 'render-4'),
      end: fc.constantFrom('task-failed', 'task-requeued', 'task-completed'),
      ran,
    }),
    { maxLength: 2 },
  ),
});
const madeUpJob = fc.record({
  status: fc.constantFrom('Completed', 'Failed', 'Suspended', 'Active'),
  user: name,
  department: name,
  plugin: name,
  pool: name,
  batch: name,
  sent: fc.date({
    min: new Date('2026-10-24T20:00Z'),
    max: new Date('2026-10-26T03:00Z'),
    noInvalidDate: true,
  }),
  tasks: fc.array(madeUpTask, { maxLength: 12 }),
});
type MadeUpJob = typeof madeUpJob extends fc.Arbitrary<infer T> ? T : never;

/** As .NET writes a `TimeSpan`. */
function timeSpan({ seconds, ticks }: NonNullable<MadeUpTask['ran']>): string {
  const two = (count: number) => String(Math.floor(count)).padStart(2, '0');
  const days = Math.floor(seconds / 86_400);
  const clock = [seconds / 3_600, seconds / 60, seconds].map((each, index) =>
    two(each % (index === 0 ? 24 : 60)),
  );
  const fraction = ticks > 0 ? `.${String(ticks).padStart(7, '0')}` : '';
  return `${days > 0 ? `${days}.` : ''}${clock.join(':')}${fraction}`;
}

const NOT_KNOWN = [
  '-00:00:01',
  '-10675199.02:48:05.4775808',
  '10675199.02:48:05.4775807',
  '',
  'soon',
];

function renderTime(ran: MadeUpTask['ran'], index: number): string {
  return ran === null ? (NOT_KNOWN[index % NOT_KNOWN.length] as string) : timeSpan(ran);
}

/** A start and a stop of each try of a job's tasks. */
async function* entriesOf({ tasks }: MadeUpJob): AsyncGenerator<HistoryEntry> {
  for (const [task, { tries }] of tasks.entries()) {
    for (const [index, { worker, end, ran }] of tries.entries()) {
      yield { task, transition: 'task-started', worker } as HistoryEntry;
      yield { task, transition: end, renderTime: renderTime(ran, index) } as HistoryEntry;
    }
  }
}

const ticksOf = ({ seconds, ticks }: NonNullable<MadeUpTask['ran']>) =>
  BigInt(seconds) * 10_000_000n + BigInt(ticks);

function taskRow(task: MadeUpTask, index: number): Row {
  const number = (value: bigint) => rowNumber(String(value));
  return {
    job_id: 'x',
    task_id: index,
    task_details: {
      Status: task.status,
      ...(task.worker !== null && { WorkerName: task.worker }),
      ...(task.errors !== null && { NumberOfErrors: task.errors }),
      RenderTime: renderTime(task.ran, index),
      PeakRamUsageBytes: number(task.ramBytes),
      OutputFileSizeBytes: number(task.ramBytes),
      UsedCPUClocks: number(task.usedClocks),
      AvailableCPUClocks: number(task.clocks),
    },
  };
}

function jobRow(job: MadeUpJob, index: number): JobSummary {
  return jobSummary({
    job_id: `job-${index}`,
    sent_timestamp: job.sent.getTime(),
    task_type: 'JobStoppedNotification',
    job_details: {
      JobStatus: job.status,
      UserName: job.user,
      Department: job.department,
      PluginName: job.plugin,
      Pool: job.pool,
      BatchName: job.batch,
    },
  });
}

/** The keys under which a task and its job are counted. */
function keyOf(job: MadeUpJob, index: number, worker: string | null, by: string) {
  if (by === 'worker') return worker ?? undefined;
  if (by === 'job') return `job-${index}`;
  if (by !== 'day' && by !== 'hour') return job[by as (typeof FIELDS)[number]] || undefined;
  // Clocks in Berlin go back at 01:00 UTC on October 25.
  const ahead = job.sent.getTime() < Date.UTC(2026, 9, 25, 1) ? 2 : 1;
  const wall = new Date(job.sent.getTime() + ahead * 3_600_000).toISOString();
  return by === 'day'
    ? wall.slice(0, 10)
    : `${wall.slice(0, 10)} ${wall.slice(11, 13)}:00+0${ahead}:00`;
}

/** Plain sums over what was made up. */
function plainSums(
  jobs: ReadonlySet<MadeUpJob>,
  tasks: readonly MadeUpTask[],
  tries: MadeUpTask['tries'] | undefined,
) {
  const isOf = (status: string) => tasks.filter((task) => task.status === status).length;
  const jobsOf = (status: string) => [...jobs].filter((job) => job.status === status).length;
  const ran = tasks.flatMap((task) =>
    task.status !== 'Rendering' && task.ran !== null ? [ticksOf(task.ran)] : [],
  );
  const add = (all: readonly bigint[]) =>
    all.length === 0 ? null : all.reduce((sum, each) => sum + each);
  const ram = tasks.map(({ ramBytes }) => ramBytes).filter((bytes) => bytes > 0n);
  const onCpu = tasks.filter(({ clocks }) => clocks > 0n);
  const errors = tasks.flatMap((task) => task.errors ?? []);
  const wasted = tries?.filter(({ end }) => end !== 'task-completed');
  const wastedTicks = wasted?.flatMap((each) => (each.ran === null ? [] : [ticksOf(each.ran)]));
  const wastedSum = wasted?.length === 0 ? 0n : add(wastedTicks ?? []);
  return {
    jobs: jobs.size,
    jobsCompleted: jobsOf('Completed'),
    jobsFailed: jobsOf('Failed'),
    jobsSuspended: jobsOf('Suspended'),
    jobsDeleted: jobsOf('Active'),
    tasks: tasks.length,
    completed: isOf('Completed'),
    failed: isOf('Failed'),
    rendering: isOf('Rendering'),
    otherTasks: isOf('Queued') + isOf('Suspended') + isOf('Unheard'),
    renderSeconds: ran.length === 0 ? null : Number(add(ran)) / 1e7,
    renderOf: ran.length,
    wastedSeconds: wastedSum === null ? null : Number(wastedSum) / 1e7,
    wastedOf: wastedTicks?.length ?? null,
    wastedTries: wasted?.length ?? null,
    errors: errors.length === 0 ? null : errors.reduce((sum, each) => sum + each),
    errorsOf: errors.length,
    peakRamBytes: ram.length === 0 ? null : ram.reduce((most, each) => (each > most ? each : most)),
    peakRamOf: ram.length,
    usedCpuClocks: add(onCpu.map(({ usedClocks }) => usedClocks)),
    availableCpuClocks: add(onCpu.map(({ clocks }) => clocks)),
    cpuOf: onCpu.length,
    outputBytes: add(ram),
    outputOf: ram.length,
    times: ran.map((ticks) => Number(ticks) / 1e7).sort((a, b) => a - b),
  };
}

function expectFigures(
  found: Figures | undefined,
  { times, ...sums }: ReturnType<typeof plainSums>,
) {
  expect(found).toMatchObject(sums);
  const figures = found as Figures;
  for (const [percent, quantile] of [
    [50, figures.medianSeconds],
    [95, figures.p95Seconds],
  ] as const) {
    const exact = times[Math.ceil((percent * times.length) / 100) - 1];
    if (exact === undefined) expect(quantile).toBeNull();
    else expect(Math.abs((quantile ?? NaN) - exact)).toBeLessThanOrEqual(0.01 * exact + 1e-12);
  }
  expect(figures.longestSeconds).toBe(times.at(-1) ?? null);
  if (figures.usedCpuClocks !== null) {
    const percent = (100 * Number(figures.usedCpuClocks)) / Number(figures.availableCpuClocks);
    expect(figures.cpuPercent).toBeCloseTo(percent);
  } else expect(figures.cpuPercent).toBeNull();
}

test.for(GROUPINGS)('by %s, all figures are plain sums of what was made up', async (by) => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  await fc.assert(
    fc.asyncProperty(
      fc.array(madeUpJob, { maxLength: 8 }),
      fc.boolean(),
      async (jobs, hasHistory) => {
        const statistics = new Statistics(by, { utc: false, hasHistory });
        const plain = new Map<
          string | undefined,
          { jobs: Set<MadeUpJob>; tasks: MadeUpTask[]; tries: MadeUpTask['tries'][number][] }
        >();
        const groupOfKey = (key: string | undefined) => {
          const known = plain.get(key) ?? { jobs: new Set(), tasks: [], tries: [] };
          plain.set(key, known);
          return known;
        };
        // Pages of several jobs come by turns.
        const counts = jobs.map((job, index) => statistics.addJob(jobRow(job, index)));
        for (const [index, job] of jobs.entries()) {
          for (const [id, task] of job.tasks.entries()) {
            counts[index]?.addTask(measuredTask(taskRow(task, id)));
            const own = groupOfKey(keyOf(job, index, task.worker, by));
            own.jobs.add(job);
            own.tasks.push(task);
          }
          if (by !== 'worker') groupOfKey(keyOf(job, index, null, by)).jobs.add(job);
          if (!hasHistory) continue;
          for (const each of await wastedTries(entriesOf(job))) counts[index]?.addWasted(each);
          for (const each of job.tasks.flatMap(({ tries }) => tries)) {
            if (each.end === 'task-completed') continue;
            const own = groupOfKey(keyOf(job, index, each.worker, by));
            own.jobs.add(job);
            own.tries.push(each);
          }
        }
        const sumsOf = (
          all: ReadonlySet<MadeUpJob>,
          tasks: MadeUpTask[],
          tries: MadeUpTask['tries'],
        ) => plainSums(all, tasks, hasHistory ? tries : undefined);
        const groups = new Map(statistics.groups.map(({ group, figures }) => [group, figures]));
        expect([...groups.keys()].map(String).sort()).toEqual([...plain.keys()].map(String).sort());
        for (const [key, own] of plain) {
          expectFigures(groups.get(key), sumsOf(own.jobs, own.tasks, own.tries));
        }
        const tasks = jobs.flatMap((job) => job.tasks);
        const tries = tasks.flatMap((task) => task.tries);
        expectFigures(statistics.total, sumsOf(new Set(jobs), tasks, tries));
      },
    ),
    { numRuns: 60 },
  );
});

test('quantiles are within 1 % of the exact nearest rank, however many and however long', () => {
  const seconds = fc.oneof(fc.nat(100), fc.nat(10_000_000));
  fc.assert(
    fc.property(fc.array(seconds, { minLength: 1, maxLength: 150 }), (all) => {
      const statistics = new Statistics(undefined, { utc: true, hasHistory: false });
      const { addTask } = statistics.addJob(jobSummary({ job_id: 'x' }));
      for (const each of all) {
        const RenderTime = timeSpan({ seconds: each, ticks: 0 });
        addTask(measuredTask({ task_id: 0, task_details: { RenderTime } }));
      }
      const sorted = all.toSorted((a, b) => a - b);
      const { medianSeconds, p95Seconds } = statistics.total;
      const exact = (percent: number) => sorted[Math.ceil((percent * all.length) / 100) - 1] ?? NaN;
      expect(Math.abs((medianSeconds ?? NaN) - exact(50))).toBeLessThanOrEqual(0.01 * exact(50));
      expect(Math.abs((p95Seconds ?? NaN) - exact(95))).toBeLessThanOrEqual(0.01 * exact(95));
    }),
    { numRuns: 200 },
  );
});

test.for([
  ['00:00:00', 0n],
  ['00:00:00.0000001', 1n],
  ['23:59:59.9999999', 863_999_999_999n],
  ['1.02:03:04.5000000', 937_845_000_000n],
  ['100.00:00:00', 86_400_000_000_000n],
  ['-00:00:01', undefined],
  ['-1.02:03:04.5000000', undefined],
  ['-10675199.02:48:05.4775808', undefined], // TimeSpan.MinValue
  ['10675199.02:48:05.4775807', undefined], // TimeSpan.MaxValue
  ['', undefined],
  ['1:02:03', undefined],
  [7, undefined],
  [null, undefined],
] as const)('a render time of %j is %d ticks', ([RenderTime, ticks]) => {
  const row = { task_id: 0, task_details: { Status: 'Completed', RenderTime } };
  expect(measuredTask(row).rendered).toBe(ticks);
  const rendering = { task_id: 0, task_details: { Status: 'Rendering', RenderTime } };
  expect(measuredTask(rendering).rendered).toBeUndefined();
});

test('what a row does not tell, or cannot, is not known', () => {
  const known = { status: undefined, worker: undefined, errors: undefined, outputBytes: undefined };
  expect(measuredTask({ task_id: 3 })).toMatchObject({ task: 3, ...known });
  const odd = { Status: 7, WorkerName: '', NumberOfErrors: -1, OutputFileSizeBytes: 1.5 };
  expect(measuredTask({ task_id: 3, task_details: odd })).toMatchObject(known);
  const used = { UsedCPUClocks: 0, AvailableCPUClocks: 10 };
  expect(measuredTask({ task_id: 3, task_details: used }).usedCpuClocks).toBe(0n);
  const unmeasured = { UsedCPUClocks: 0, AvailableCPUClocks: 0 };
  expect(measuredTask({ task_id: 3, task_details: unmeasured }).usedCpuClocks).toBeUndefined();
});

test.for([
  ['Europe/Berlin', '2026-03-29', 23],
  ['Europe/Berlin', '2026-10-25', 25],
  ['America/New_York', '2026-11-01', 25],
  ['Australia/Lord_Howe', '2026-04-05', 25], // a day of 24 1/2 hours
  ['Asia/Kathmandu', '2026-11-25', 24],
] as const)('in %s, %s has %i hours, each a group of its own', ([zone, day, hours]) => {
  vi.stubEnv('TZ', zone);
  const MINUTE = 60_000;
  const begin = Date.parse(`${day}T00:00Z`) - 24 * 60 * MINUTE;
  const times = Array.from({ length: 3 * 24 * 4 }, (_, index) => begin + index * 15 * MINUTE);
  const job = (sent: number) => jobSummary({ job_id: 'x', sent_timestamp: sent });
  const ofDay = times.filter((sent) => groupOf(job(sent), 'day', false) === day);
  const groups = ofDay.map((sent) => groupOf(job(sent), 'hour', false));
  expect(new Set(groups).size).toBe(hours);
  // As they pass, none comes back.
  expect(groups.filter((each, index) => each !== groups[index - 1])).toHaveLength(hours);
  expect(groupOf(job(Date.parse(`${day}T05:45Z`)), 'hour', true)).toBe(`${day} 05:00Z`);
});
