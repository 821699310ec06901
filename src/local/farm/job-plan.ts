import { JOB_TEMPLATES } from './job-templates.ts';
import type { Random } from './random.ts';

/** A job as submitted, and how it will end. Times are ms since the epoch. */
export interface JobPlan {
  readonly id: string;
  readonly name: string;
  readonly batch: string;
  readonly user: string;
  readonly department: string;
  readonly pool: string;
  readonly group: string;
  readonly plugin: string;
  readonly priority: number;
  readonly submitted: number;
  readonly firstFrame: number;
  readonly lastFrame: number;
  /** Frames per task; the last task may have fewer. */
  readonly chunkSize: number;
  readonly taskCount: number;
  /** The most workers that may render it concurrently. */
  readonly machineLimit: number;
  /** Roughly how long a task takes, in ms. */
  readonly typicalTaskTime: number;
  /** The range of task ids, inclusive, that fail on every worker. */
  readonly badTasks: { readonly from: number; readonly to: number } | undefined;
  /** What a user does to the job, and after how many completed tasks. */
  readonly intervention:
    | { readonly status: 'Suspended' | 'Deleted'; readonly after: number }
    | undefined;
}

/** The outcomes of every twenty jobs: half of them complete, the rest show what can go wrong. */
const JOB_OUTCOMES = [
  'broken',
  'Suspended',
  'broken',
  'Deleted',
  ...Array.from({ length: 2 }, () => 'unfinished' as const),
  ...Array.from({ length: 4 }, () => 'one bad frame' as const),
  ...Array.from({ length: 10 }, () => 'completed' as const),
] as const;
type JobOutcome = (typeof JOB_OUTCOMES)[number];

/** When jobs of each outcome are submitted: start and end, in percent of the night. */
const SUBMISSION_WINDOWS: Readonly<Record<JobOutcome, readonly [number, number]>> = {
  broken: [0, 50],
  Suspended: [0, 50],
  Deleted: [0, 50],
  unfinished: [97, 99],
  'one bad frame': [0, 60],
  completed: [0, 90],
};

const PERCENT_WITH_BATCH = 70;
const FEWEST_FRAMES = 48;
const MOST_FRAMES = 150;

/**
 * Plans the jobs of a night. Most are submitted in the evening.
 *
 * @param start of the night, in ms since the epoch
 * @param length of the night, in ms
 */
export function planJobs(count: number, start: number, length: number, random: Random): JobPlan[] {
  return Array.from({ length: count }, (_, index) => {
    const outcome = JOB_OUTCOMES[index % JOB_OUTCOMES.length] as JobOutcome;
    const [from, to] = SUBMISSION_WINDOWS[outcome];
    const moment = () => Math.floor((length * random.int(from * 100, to * 100)) / 10_000);
    const submitted = Math.min(moment(), moment());
    return planJob(outcome, start + submitted + random.int(0, 999), random);
  });
}

function planJob(outcome: JobOutcome, submitted: number, random: Random): JobPlan {
  const { department, step, plugin, group, taskSeconds, chunkSizes } = random.pick(JOB_TEMPLATES);
  const shot = `sq${padded(random.int(1, 9) * 10, 3)}_sh${padded(random.int(1, 40) * 10, 4)}`;
  const frames = random.int(FEWEST_FRAMES, MOST_FRAMES);
  const firstFrame = random.pick([1, 1_001]);
  const chunkSize = random.pick(chunkSizes);
  const taskCount = Math.ceil(frames / chunkSize);
  return {
    id: jobId(submitted, random),
    name: `${shot}_${step}_v${padded(random.int(1, 30), 3)}`,
    batch: random.chance(PERCENT_WITH_BATCH) ? `${shot}_${department}` : '',
    user: `${department}-${random.int(1, 4)}`,
    department,
    pool: random.pick(['none', department]),
    group,
    plugin,
    priority: random.pick([30, 50, 50, 50, 60, 75, 90]),
    submitted,
    firstFrame,
    lastFrame: firstFrame + frames - 1,
    chunkSize,
    taskCount,
    machineLimit: random.int(4, 12),
    typicalTaskTime: random.int(...taskSeconds) * 1_000,
    badTasks: badTasks(outcome, taskCount, random),
    intervention:
      outcome === 'Suspended' || outcome === 'Deleted'
        ? { status: outcome, after: random.int(1, Math.floor(taskCount / 2)) }
        : undefined,
  };
}

function badTasks(outcome: JobOutcome, taskCount: number, random: Random): JobPlan['badTasks'] {
  if (outcome === 'broken')
    return { from: random.int(0, Math.floor(taskCount / 3)), to: taskCount };
  if (outcome !== 'one bad frame') return undefined;
  const from = random.int(0, taskCount - 1);
  return { from, to: from };
}

/** Like Deadline's ids: the time of submission in s as eight hexadecimal digits, then sixteen more. */
function jobId(submitted: number, random: Random): string {
  const second = Math.floor(submitted / 1_000).toString(16);
  const rest = Array.from({ length: 4 }, () => random.int(0, 0xffff).toString(16).padStart(4, '0'));
  return second + rest.join('');
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
