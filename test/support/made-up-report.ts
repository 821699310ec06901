import type { JobSummary, TaskSummary } from '../../src/cli/aws/row-summary.ts';
import { jobSummary, taskSummary } from '../../src/cli/aws/row-summary.ts';
import { composeReport } from '../../src/cli/report/compose-report.ts';
import type { Report } from '../../src/cli/report/report-model.ts';
import type { Unknowns } from '../../src/cli/report/report-reading.ts';
import { SpanCount } from '../../src/cli/report/span-count.ts';

const [SECOND, HOUR] = [10_000_000n, 3_600_000];
/** When the morning's report is made: Nov 25, 2026, 07:42 in UTC. */
export const MORNING = Date.UTC(2026, 10, 25, 7, 42);
export const VIEW = { now: MORNING, utc: true };

/** A task of a job: how it ended, where, after how many seconds, and why. */
export type MadeUpTask = readonly [
  status: string,
  worker: string,
  seconds: number,
  more?: { readonly requeued?: number; readonly reason?: string; readonly frames?: string },
];

/** A job of a made-up night, with its tasks. */
export interface MadeUpJob {
  readonly name: string;
  /** Not set if it still renders. */
  readonly status?: string;
  readonly user?: string;
  readonly department?: string;
  /** How long it ran. */
  readonly hours?: number;
  readonly tasks: readonly MadeUpTask[];
}

const KNOWN: Unknowns = {
  ...{ retentionDays: undefined, rowsSince: undefined, historySince: 0, before: undefined },
};

/** What is reported of a night, and of the one before; not set if it is not known. */
export function reportOf(
  night: readonly MadeUpJob[],
  before?: readonly MadeUpJob[],
  changed: Partial<Unknowns> & { readonly stack?: string } = {},
): Report {
  const { stack = 'DeadlineNotifications', ...unknowns } = changed;
  const now = { since: MORNING - 24 * HOUR, until: MORNING };
  const earlier = { since: MORNING - 48 * HOUR, until: now.since };
  const by = night.some(({ department }) => department) ? 'department' : 'user';
  const hasHistory = unknowns.historySince !== null;
  const facts = { stack, by, now, earlier, unknowns: { ...KNOWN, ...unknowns } } as const;
  const read = (jobs: readonly MadeUpJob[], { until }: typeof now) =>
    counted(jobs, until, new SpanCount(by, hasHistory));
  const readBefore = before && read(before, earlier);
  return composeReport(
    facts,
    read(night, now),
    readBefore && { ...readBefore, failedTasks: readBefore.failed.length },
    VIEW,
  );
}

/** Jobs that stopped one by one before a time, the first last. */
function counted(night: readonly MadeUpJob[], until: number, count: SpanCount) {
  const jobs: JobSummary[] = [];
  const failed: { task: TaskSummary; job: JobSummary | undefined }[] = [];
  for (const [index, made] of night.entries()) {
    const id = index.toString(16).padStart(8, '0').padEnd(24, 'e');
    const sent = until - (index + 1) * 60_000;
    const job = made.status === undefined ? undefined : summaryOf(made, id, sent);
    if (job) jobs.push(job);
    const counts = job && count.addJob(job);
    for (const [task, [status, worker, seconds, more = {}]] of made.tasks.entries()) {
      const { requeued = 0, reason, frames = `${task + 1}-${task + 1}` } = more;
      const rendered = BigInt(seconds) * SECOND;
      counts?.addTask({
        ...{ task, status, worker: worker || undefined, frames, errors: 0, rendered },
        ...{ outputBytes: 1_000_000n, peakRamBytes: undefined },
        ...{ usedCpuClocks: undefined, availableCpuClocks: undefined },
      });
      for (let tries = 0; tries < requeued; tries += 1) {
        counts?.addWasted({ worker, rendered, isRequeue: true });
      }
      if (status !== 'Failed') continue;
      counts?.addWasted({ worker, rendered, isRequeue: false });
      failed.push({ job, task: failedTask(id, task, { worker, sent, frames, reason }) });
    }
  }
  return { jobs, failed, count };
}

function summaryOf(job: MadeUpJob, id: string, sent: number) {
  const { name, status, user, department, tasks, hours = 2 } = job;
  return jobSummary({
    ...{ job_id: id, sent_timestamp: sent, task_type: 'JobStoppedNotification' },
    job_details: {
      ...{ JobName: name, JobStatus: status, UserName: user ?? 'fx-1', Department: department },
      ...{ PluginName: 'Houdini', NumberOfTasks: tasks.length },
      JobStartedDateTime: new Date(sent - hours * HOUR).toISOString(),
    },
  });
}

function failedTask(
  job_id: string,
  task_id: number,
  {
    worker,
    sent,
    frames,
    reason,
  }: Record<'worker' | 'frames', string> & {
    sent: number;
    reason: string | undefined;
  },
) {
  return taskSummary({
    ...{ job_id, task_id, sent_timestamp: sent - 1_000 },
    task_details: { Status: 'Failed', WorkerName: worker, FrameRange: frames },
    notification_info: { Name: 'StoppedTaskNotification', StopReason: reason },
  });
}

/** A night in which a machine fails. */
export const BAD_NIGHT: readonly MadeUpJob[] = [
  {
    ...{ name: 'sq040_sh0310_cache_v003', status: 'Failed', user: 'fx-3', department: 'fx' },
    tasks: [
      ...Array.from({ length: 7 }, (_, index) => {
        const worker = index < 5 ? 'render-035' : `render-00${index}`;
        return ['Failed', worker, 100, { reason: 'No license', requeued: 1 }] as const;
      }),
      ['Completed', 'render-001', 7_200],
    ],
  },
  {
    ...{ name: 'sq020_sh0350_comp_v024', status: 'Completed', user: 'comp-1', department: 'comp' },
    tasks: [
      ['Failed', 'render-035', 3],
      ['Completed', 'render-002', 3_600],
    ],
  },
  { name: '', tasks: [['Failed', 'render-035', 60]] },
];

/** A night without failures. */
export const GOOD_NIGHT: readonly MadeUpJob[] = [
  {
    ...{ name: 'sq010_sh0100_light_v001', status: 'Completed', user: 'lighting-1' },
    department: 'lighting',
    tasks: [
      ['Completed', 'render-001', 3_600],
      ['Completed', 'render-002', 5_400],
    ],
  },
];

/** Names that would be markup, or steer a terminal, or hide something. */
export const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '</style><script>alert(1)</script>',
  '" onmouseover="alert(1)',
  '**bold** _it_ [link](http://evil.example) <b>',
  '`` `code` ```',
  '| a | b |\n| - | - |',
  '# head\r\n- item\n1. one',
  '@everyone #12 www.evil.example <!channel> &lt;b&gt;',
  '\u001b[31mred\u001b[0m\u0007\u202egnp.exe\u2028',
  '夜景の灯火_第三幕_ライト_👩‍🚀_v012',
  '\ud800 half',
  '​',
  'x'.repeat(3_000),
];

/** A night in which all names are hostile. */
export const HOSTILE_NIGHT: readonly MadeUpJob[] = HOSTILE.map((name, index) => ({
  ...{ name, user: name, department: name, status: index % 2 ? 'Failed' : 'Completed' },
  tasks: [
    ['Failed', name, 60 + index, { reason: name, frames: name, requeued: 1 }],
    ['Failed', HOSTILE[0] as string, 60 + index],
    ['Completed', name, 3_600],
  ],
}));

/** A night of so many jobs that all fail. */
export function manyJobs(count: number): MadeUpJob[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ name: `sq${index}_sh0100_cache_v001`, status: 'Failed', user: `fx-${index}` },
    department: `department-${index % 40}`,
    tasks: Array.from({ length: 20 }, (_, task) => {
      const frames = `${10 * task}-${10 * task + 5}`;
      return ['Failed', `render-${(index * 7 + task) % 90}`, 60 + index, { frames }] as const;
    }),
  }));
}

/** Nights that each format has to tell. */
export function reports(): Record<string, Report> {
  return {
    'an empty night': reportOf([], []),
    'the first night': reportOf(BAD_NIGHT, undefined, { before: 'none' }),
    'a good night': reportOf(GOOD_NIGHT, BAD_NIGHT),
    'a bad night': reportOf(BAD_NIGHT, GOOD_NIGHT),
    'a night without history': reportOf(BAD_NIGHT, GOOD_NIGHT, { historySince: null }),
    'a night that still renders': reportOf(BAD_NIGHT.slice(2), GOOD_NIGHT),
    'a night without departments': reportOf(
      BAD_NIGHT.map(({ department: _, ...job }) => job),
      GOOD_NIGHT,
    ),
    'a night of hostile names': reportOf(HOSTILE_NIGHT, HOSTILE_NIGHT, { stack: '<b>' }),
    'a night of 400 jobs': reportOf(manyJobs(400), manyJobs(30)),
  };
}
