import { FATES, type Fate, SUBMITTED } from './job-outcomes.ts';
import { WORK } from './job-templates.ts';
import type { Random } from './random.ts';

/** What somebody submits, and what is to become of it. Times are ms since the epoch. */
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
  /** How many frames a task has; the last task may have fewer. */
  readonly chunk: number;
  readonly taskCount: number;
  /** How many workers may render it at once. */
  readonly machineLimit: number;
  /** How long a task of it takes, more or less, in ms. */
  readonly typicalTime: number;
  /** The tasks, by their ids, that end in an error whoever renders them. */
  readonly bad: { readonly from: number; readonly to: number } | undefined;
  /** What a user does to it once so many of its tasks are completed. */
  readonly intervention:
    | { readonly status: 'Suspended' | 'Deleted'; readonly after: number }
    | undefined;
}

const PERCENT_WITH_BATCH = 70;
const FEWEST_FRAMES = 48;
const MOST_FRAMES = 150;

/**
 * What is submitted in a night: most of it in the evening.
 *
 * @param start when the night begins, in ms since the epoch
 * @param length of the night, in ms
 */
export function planJobs(count: number, start: number, length: number, random: Random): JobPlan[] {
  return Array.from({ length: count }, (_, index) => {
    const fate = FATES[index % FATES.length] as Fate;
    const [from, to] = SUBMITTED[fate];
    const moment = () => Math.floor((length * random.int(from * 100, to * 100)) / 10_000);
    const submitted = Math.min(moment(), moment());
    return job(fate, start + submitted + random.int(0, 999), random);
  });
}

function job(fate: Fate, submitted: number, random: Random): JobPlan {
  const { department, step, plugin, group, seconds, chunks } = random.pick(WORK);
  const shot = `sq${number(random.int(1, 9) * 10, 3)}_sh${number(random.int(1, 40) * 10, 4)}`;
  const frames = random.int(FEWEST_FRAMES, MOST_FRAMES);
  const firstFrame = random.pick([1, 1_001]);
  const chunk = random.pick(chunks);
  const taskCount = Math.ceil(frames / chunk);
  return {
    id: jobId(submitted, random),
    name: `${shot}_${step}_v${number(random.int(1, 30), 3)}`,
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
    chunk,
    taskCount,
    machineLimit: random.int(4, 12),
    typicalTime: random.int(...seconds) * 1_000,
    bad: badTasks(fate, taskCount, random),
    intervention:
      fate === 'Suspended' || fate === 'Deleted'
        ? { status: fate, after: random.int(1, Math.floor(taskCount / 2)) }
        : undefined,
  };
}

function badTasks(fate: Fate, taskCount: number, random: Random): JobPlan['bad'] {
  if (fate === 'breaks') return { from: random.int(0, Math.floor(taskCount / 3)), to: taskCount };
  if (fate !== 'has a bad frame') return undefined;
  const from = random.int(0, taskCount - 1);
  return { from, to: from };
}

/** As Deadline's are: eight hexadecimal digits of its second, and sixteen more. */
function jobId(submitted: number, random: Random): string {
  const second = Math.floor(submitted / 1_000).toString(16);
  const rest = Array.from({ length: 4 }, () => random.int(0, 0xffff).toString(16).padStart(4, '0'));
  return second + rest.join('');
}

function number(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
