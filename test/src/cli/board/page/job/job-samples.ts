import type {
  BoardStatus,
  JobState,
  TaskState,
} from '../../../../../../src/cli/board/state/farm-state.ts';
import { joinFrames } from '../../../../../../src/shared/frames.ts';
import type { Transition } from '../../../../../../src/shared/history-entry.ts';

/** A task that completed, but for what a test says. */
export function taskOf(task: number | string, other: Partial<TaskState> = {}): TaskState {
  return {
    ...{ task, status: 'Completed', worker: 'render-001', frames: null, started: null },
    ...{ stopped: null, ran: null, errors: 0, reason: '', requeues: 0 },
    ...other,
  };
}

/** A transition at a second of a minute. */
export function transitionAt(
  second: number,
  transition: Transition['transition'],
  task: number | null,
  worker: string | null = 'render-001',
): Transition {
  const at = new Date(second * 1_000).toISOString();
  return {
    ...{ id: `job/${at}/${task}/${transition}`, at, job: 'job', task, transition, status: null },
    ...{ reason: null, worker, frames: null, errors: null },
  };
}

export const NOW = Date.UTC(2026, 10, 24, 12, 42, 9);

export const STATUS = {
  ...{ lamp: 'live', since: NOW - 43_200_000, reason: '', nextTry: null, newest: NOW - 106_000 },
  ...{ lookEvery: 5_000, unitsPerHour: 9_200, account: '111122223333', region: 'us-east-1' },
  ...{ stack: 'DeadlineNotifications', history: 'all', rendering: 'on', now: NOW },
  ...{ command: null, notes: [] },
} as unknown as BoardStatus;

const JOB = '6b067e72f6ac6ffc9125246d';
const BEGIN = Date.UTC(2026, 10, 24, 6, 21, 48);

/** Who tried each task of the failed job, from which to which second; the last try is as the task ended. */
const TRIES: Readonly<
  Record<number, readonly (readonly [worker: number, from: number, to: number])[]>
> = {
  ...{ 0: [[30, 0, 330]], 1: [[1, 5, 445]], 2: [[10, 12, 325]], 3: [[36, 12, 950]] },
  ...{ 4: [[35, 36, 326]], 5: [[10, 330, 686]], 6: [[35, 330, 546]], 7: [[30, 332, 675]] },
  ...{ 8: [[1, 448, 889]], 9: [[35, 550, 1054]], 10: [[10, 776, 1108]], 11: [[21, 790, 1224]] },
  12: [[1, 892, 1165]],
  13: [
    [36, 958, 985],
    [36, 990, 1120],
    [36, 1125, 1327],
  ],
  14: [
    [35, 1058, 1090],
    [35, 1093, 1137],
    [35, 1141, 1276],
  ],
  15: [
    [10, 1112, 1335],
    [17, 1338, 1479],
  ],
  16: [
    [1, 1169, 1247],
    [1, 1252, 1393],
    [24, 1395, 1480],
  ],
  17: [
    [19, 1224, 1344],
    [19, 1346, 1479],
  ],
  18: [[35, 1281, 1480]],
  19: [
    [36, 1332, 1352],
    [34, 1354, 1480],
  ],
};

/** The failed job of the reference's picture: 41 tasks, of which 7 failed and 21 never started. */
export function failedJob(): JobState {
  const tasks: TaskState[] = [];
  const transitions: Transition[] = [];
  for (const [id, tries] of Object.entries(TRIES)) {
    const task = Number(id);
    const frames = `${1001 + 2 * task}-${1002 + 2 * task}`;
    const isFailed = task >= 13;
    for (const [index, [number, from, to]] of tries.entries()) {
      const worker = `render-${String(number).padStart(3, '0')}`;
      const isLast = index === tries.length - 1;
      const end = isLast ? (isFailed ? 'task-failed' : 'task-completed') : 'task-requeued';
      const tell = (transition: Transition['transition'], second: number, errors: number) => {
        const at = new Date(BEGIN + 1_000 * second).toISOString();
        transitions.push({
          ...{ id: `${JOB}/${at}#${task}#${transition}`, at, job: JOB, task, transition },
          ...{ status: null, reason: null, worker, frames, errors },
        });
      };
      tell('task-started', from, 0);
      tell(end, to, isLast && !isFailed ? 0 : index + (isLast ? 0 : 1));
      if (!isLast) continue;
      tasks.push({
        ...{ task, status: isFailed ? 'Failed' : 'Completed', worker, frames, reason: '' },
        ...{ started: BEGIN + 1_000 * from, stopped: BEGIN + 1_000 * to, ran: 1_000 * (to - from) },
        ...{ errors: isFailed ? tries.length - 1 : 0, requeues: tries.length - 1 },
      });
    }
  }
  const stopped = BEGIN + 1_535_000;
  const at = new Date(stopped).toISOString();
  transitions.push({
    ...{ id: `${JOB}/${at}##job-failed`, at, job: JOB, task: null, transition: 'job-failed' },
    ...{ status: 'Failed', reason: 'Job has failed', worker: null, frames: null, errors: 12 },
  });
  return {
    status: STATUS,
    job: {
      ...{ job: JOB, name: 'sq040_sh0310_cache_v003', status: 'Failed', user: 'fx-3' },
      ...{ department: 'fx', plugin: 'Houdini', pool: 'fx', group: 'highmem', batch: null },
      ...{ errors: 12, tasks: 41, failed: 7, ran: 1_535_000, stopped, reason: 'Job has failed' },
      ...{ priority: 60, frames: '1001-1081', submitted: BEGIN - 9_000, started: BEGIN },
      ...{ requeues: 9, isNamed: true, goesOn: false },
    },
    tasks,
    ...{ failedFrames: '1027-1040', failedFrameCount: 14 },
    requeuesByWorker: [
      ['render-036', 3],
      ['render-001', 2],
      ['render-035', 2],
      ['render-010', 1],
      ['render-019', 1],
    ],
    transitions: transitions.sort((a, b) => (a.at < b.at ? 1 : -1)),
  };
}

const BIG_JOB = '6b069f02d1c3a85b77e0f4a1';

/** A job of 10,000 tasks that goes on: some failed everywhere, most of 4,140 to 4,180 did. */
export function bigJob(count = 10_000): JobState {
  const begin = NOW - 31_039_000;
  const tasks = Array.from({ length: Math.floor(0.746 * count) }, (_, task): TaskState => {
    const roll = (Math.imul(task + 1, 2_654_435_761) >>> 8) % 997;
    const isDense = task >= 4_114 && task <= 4_206 && roll % 3 > 0;
    const status =
      isDense || roll < 18
        ? 'Failed'
        : task > 0.745 * count
          ? 'Rendering'
          : roll > 993
            ? 'Suspended'
            : roll > 990
              ? 'Queued'
              : 'Completed';
    const started = begin + task * 4_000;
    const isOn = status === 'Rendering';
    const ran = 60_000 + roll * 20;
    return taskOf(task, {
      ...{ status, worker: `render-${String(1 + (roll % (isDense ? 4 : 31))).padStart(3, '0')}` },
      ...{ frames: String(1001 + task), started, stopped: isOn ? null : started + ran },
      ...{ ran: isOn ? null : ran, errors: status === 'Failed' ? 1 + (roll % 3) : 0 },
    });
  });
  const failed = tasks.filter(({ status }) => status === 'Failed');
  const transitions = tasks
    .slice(-40)
    .toReversed()
    .map(({ task, worker, frames, started }) => {
      const at = new Date(started ?? 0).toISOString();
      return {
        ...{ id: `${BIG_JOB}/${at}#${task}`, at, job: BIG_JOB, task: Number(task) },
        ...{ transition: 'task-started' as const, status: null, reason: null, worker, frames },
        errors: 0,
      };
    });
  const { job } = failedJob();
  return {
    status: STATUS,
    job: {
      ...job,
      ...{ job: BIG_JOB, name: 'sq070_sh0110_crowd_sim_v002', status: 'Suspended', user: 'fx-2' },
      ...{ errors: 1_214, tasks: count, failed: failed.length, requeues: 320, goesOn: true },
      ...{
        frames: `1001-${1000 + count}`,
        started: begin,
        stopped: begin + 11_000_000,
        reason: '',
      },
    },
    tasks,
    failedFrames: joinFrames(failed.map(({ frames }) => frames ?? undefined)),
    failedFrameCount: failed.length,
    requeuesByWorker: [
      ['render-002', 41],
      ['render-004', 20],
      ['render-001', 12],
      ['render-003', 9],
    ],
    transitions,
  };
}
