import { createHash } from 'node:crypto';
import type {
  BoardStatus,
  FarmState,
  JobsState,
  JobWithFailures,
  StoppedJob,
} from '../../src/cli/board/state/farm-state.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** In the morning after the night that the answers tell of: 07:42:09 in New York. */
export const MORNING = Date.parse('2026-11-24T12:42:09Z');

/** The status of a board that is live. */
export const LIVE: BoardStatus = {
  lamp: 'live',
  since: MORNING - 12 * HOUR,
  reason: '',
  command: null,
  notes: [],
  nextTry: null,
  newest: MORNING - 106_000,
  lookEvery: 5000,
  unitsPerHour: 9200,
  account: '111122223333',
  region: 'us-east-1',
  stack: 'DeadlineNotifications',
  history: 'all',
  rendering: 'on',
  now: MORNING,
};

/** A job that stopped; the time of day is in the night before `MORNING`, in New York. */
export function stoppedAt(time: string, job: Partial<StoppedJob> = {}): StoppedJob {
  return {
    job: idOf(job.name ?? time),
    name: 'sq010_sh0010_comp_v001',
    status: 'Completed',
    user: 'comp-1',
    department: 'comp',
    plugin: 'Nuke',
    pool: 'none',
    batch: null,
    errors: 0,
    tasks: 52,
    failed: 0,
    ran: 2_111_000,
    stopped: at(time),
    reason: '',
    ...job,
  };
}

/** A job with failed tasks, from the first to the last id. */
export function failedAt(
  time: string,
  [first, last]: readonly [number, number],
  frames: string,
  workers: JobWithFailures['workers'],
  job: Partial<StoppedJob> = {},
): JobWithFailures {
  const failedTasks = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return {
    ...stoppedAt(time, { status: 'Failed', failed: failedTasks.length, errors: 12, ...job }),
    failedTasks,
    frames,
    frameCount: 2 * failedTasks.length,
    workers,
    lastFailed: at(time),
  };
}

const others = (number: number) =>
  Array.from({ length: number }, (_, index) => [`render-0${index + 10}`, 1] as const);

const FAILED_JOBS = [
  failedAt('01:47', [13, 19], '1027-1040', [['render-035', 2], ...others(5)], {
    name: 'sq040_sh0310_cache_v003',
    user: 'fx-3',
    department: 'fx',
    plugin: 'Houdini',
    pool: 'fx',
    tasks: 41,
    ran: 1_535_000,
  }),
  failedAt('21:05', [0, 8], '1-45', [['render-008', 2], ...others(7)], {
    name: 'sq090_sh0130_comp_v005',
    user: 'comp-2',
    pool: 'comp',
    tasks: 15,
    ran: 97_000,
  }),
  failedAt('20:47', [3, 8], '16-45', others(6), {
    name: 'sq050_sh0200_comp_v028',
    user: 'comp-2',
    tasks: 18,
    ran: 248_000,
  }),
  failedAt('19:58', [16, 27], '17-18, 25-26, 33-52', others(12), {
    name: 'sq090_sh0380_pyro_v025',
    user: 'fx-2',
    department: 'fx',
    plugin: 'Houdini',
    tasks: 71,
    ran: 583_000,
  }),
];

const WENT_ON = (
  [
    ['01:48', 'sq020_sh0350_slapcomp_v024', 'comp-1', 0, 25, '1-2', 'render-003'],
    ['01:34', 'sq070_sh0010_slapcomp_v021', 'comp-1', 3, 46, '7-8', 'render-024'],
    ['00:37', 'sq080_sh0010_pyro_v010', 'fx-4', 86, 87, '87', 'render-011'],
    ['00:28', 'sq060_sh0020_pyro_v006', 'fx-1', 51, 104, '1052', 'render-020'],
    ['23:15', 'sq040_sh0120_slapcomp_v010', 'comp-1', 57, 73, '1058', 'render-026'],
    ['21:23', 'sq010_sh0160_slapcomp_v026', 'comp-2', 59, 136, '60', 'render-028'],
    ['21:13', 'sq030_sh0260_slapcomp_v029', 'comp-3', 45, 55, '1091-1092', 'render-023'],
    ['20:12', 'sq070_sh0400_comp_v001', 'comp-1', 42, 49, '85-86', 'render-011'],
  ] as const
).map(([time, name, user, task, tasks, frames, worker]) =>
  failedAt(time, [task, task], frames, [[worker, 1]], {
    name,
    user,
    tasks,
    status: 'Completed',
    errors: 3,
    department: user.startsWith('fx') ? 'fx' : 'comp',
    plugin: user.startsWith('fx') ? 'Houdini' : 'Nuke',
  }),
);

const OTHERS = (
  [
    ['07:11', 'sq060_sh0270_beauty_v006', 'lighting-4', 'Katana', 137, 26_343_000],
    ['03:40', 'sq060_sh0270_cache_v017', 'fx-4', 'Houdini', 52, 2_111_000],
    ['03:04', 'sq070_sh0350_comp_v013', 'comp-1', 'Nuke', 47, 501_000],
    ['02:19', 'sq010_sh0180_cache_v028', 'fx-3', 'Houdini', 20, 10_413_000],
    ['01:58', 'sq080_sh0300_comp_v023', 'comp-4', 'Nuke', 17, 281_000],
    ['01:53', 'sq080_sh0100_pyro_v005', 'fx-1', 'Houdini', 56, 8_164_000],
    ['00:54', 'sq060_sh0100_cache_v028', 'fx-4', 'Houdini', 53, 1_629_000],
    ['00:02', 'sq090_sh0070_pyro_v020', 'fx-3', 'Houdini', 133, 11_418_000],
    ['23:40', 'sq010_sh0090_anim_v011', 'anim-2', 'MayaBatch', 24, 912_000],
    ['22:31', 'sq030_sh0050_look_v002', 'lookdev-1', 'Blender', 12, 655_000],
  ] as const
).map(([time, name, user, plugin, tasks, ran]) =>
  stoppedAt(time, { name, user, plugin, tasks, ran, department: user.replace(/-\d+$/, '') }),
);

const NOT_COMPLETED = [
  stoppedAt('20:12', {
    name: 'sq060_sh0150_cache_v015',
    user: 'fx-1',
    department: 'fx',
    plugin: 'Houdini',
    status: 'Suspended',
    tasks: 53,
    ran: 378_000,
  }),
  stoppedAt('22:48', {
    name: 'sq060_sh0152_cache_v001',
    user: 'fx-1',
    department: 'fx',
    plugin: 'Houdini',
    status: 'Deleted',
    tasks: 53,
    ran: 30_000,
  }),
];

/** All jobs of the night, newest first. */
export const JOBS_OF_NIGHT: readonly StoppedJob[] = [
  ...FAILED_JOBS,
  ...WENT_ON,
  ...OTHERS,
  ...NOT_COMPLETED,
].sort((a, b) => (b.stopped ?? 0) - (a.stopped ?? 0));

/** The answer to `/api/farm`: a night with twelve jobs with failed tasks. */
export function farmOfNight(changes: Partial<FarmState> = {}): FarmState {
  const since = MORNING - 12 * HOUR;
  return {
    status: LIVE,
    since,
    until: MORNING,
    summary: {
      failedTasks: 42,
      jobsWithFailures: 12,
      failedJobs: 4,
      requeues: 65,
      requeueWorkers: 29,
      stoppedJobs: JOBS_OF_NIGHT.length,
      completedJobs: 18,
      renderingTasks: 30,
      renderingJobs: 4,
    },
    arrivals: arrivalsOfNight(since),
    failedJobs: FAILED_JOBS,
    wentOn: WENT_ON,
    stopped: JOBS_OF_NIGHT,
    rendering: [
      rendering('6b06d30bc1a27ad3', 5, '12:56', ['19:32', '19:31', '19:27', '19:20', '19:18'], 3),
      rendering('6b069f45c1a2e699', 87, '15:44', ['18:11', '13:05'], 4),
      rendering('6b06d332c1a2ba5e', 6, '12:04', ['11:40', '9:58'], 4),
      rendering('6b06d38dc1a21c6b', 19, '6:46', ['8:26', '8:20'], 8),
    ],
    workers: Array.from({ length: 36 }, (_, index) => ({
      worker: `render-0${String(index + 12)}`,
      failed: index < 8 ? 2 : 1,
      requeued: Math.max(1, 6 - index),
      tasks: 34 + ((index * 17) % 45),
      rendered: 15_299_000 + index * 811_000,
    })),
    lastFailure: MORNING - 6 * HOUR,
    ...changes,
  };
}

/** The answer to `/api/jobs`. */
export function jobsOfNight(jobs: readonly StoppedJob[] = JOBS_OF_NIGHT): JobsState {
  return { status: LIVE, jobs, after: null };
}

function rendering(
  job: string,
  completed: number,
  median: string,
  elapsed: readonly string[],
  more: number,
): FarmState['rendering'][number] {
  return {
    job: job.padEnd(24, '0').slice(0, 20) + job.slice(-4),
    name: null,
    rendering: elapsed.length + more,
    completed,
    median: ms(median),
    tasks: elapsed.map((each, index) => ({
      task: index + 2,
      worker: `render-0${34 - index}`,
      started: MORNING - ms(each),
    })),
    more,
    moreSince: MORNING - ms(elapsed.at(-1) ?? '0:00') + 20_000,
  };
}

function arrivalsOfNight(since: number): FarmState['arrivals'] {
  const failed: Record<number, number> = {
    1: 12,
    3: 4,
    6: 6,
    8: 10,
    9: 2,
    10: 2,
    21: 3,
    28: 1,
    29: 1,
    35: 3,
    36: 8,
  };
  return Array.from({ length: 72 }, (_, index) => ({
    begin: since + index * 10 * MINUTE,
    count: Math.round(
      20 + 90 * Math.abs(Math.sin(index / 3.7)) * (index < 38 ? 1 : 0.1) + ((index * 37) % 23),
    ),
    failedTasks: failed[index] ?? 0,
  }));
}

/** ms since the epoch of a time of the night, in New York. */
function at(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return Date.parse(`2026-11-${hours > 12 ? 23 : 24}T05:00Z`) + (hours * 60 + minutes) * MINUTE;
}

/** Of `m:ss`. */
function ms(text: string): number {
  const [minutes = 0, seconds = 0] = text.split(':').map(Number);
  return minutes * MINUTE + seconds * 1000;
}

/** An id as Deadline's, the same for the same name. */
function idOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 24);
}
