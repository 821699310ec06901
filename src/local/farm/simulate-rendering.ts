import type { JobNotification, TaskNotification } from '../../shared/documented-fields.ts';
import { jobStopped } from './job-notification.ts';
import type { JobPlan } from './job-plan.ts';
import type { Machine } from './machines.ts';
import type { Random } from './random.ts';
import { Job, type Outcome } from './rendering-job.ts';
import { counters } from './task-counters.ts';
import { type Assignment, type TaskEnd, taskStarted, taskStopped } from './task-notification.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** How many of a thousand renderings end in an error that does not come again. */
const MISHAPS = 5;
/** How many of a hundred take three times as long as usual. */
const SLOW = 3;

/** Something that Deadline sends a notification of, and when it happens, in ms since the epoch. */
export interface Happening {
  readonly at: number;
  readonly body: JobNotification | TaskNotification;
}

interface Worker {
  readonly machine: Machine;
  /** When it looks for a task, or is done with the one that it has, in ms since the epoch. */
  at: number;
  rendering: Rendering | undefined;
}

interface Rendering extends Assignment {
  readonly of: Job;
  readonly outcome: Outcome;
}

/**
 * What happens on a farm from `start` to `end`, in the order of its times. Each worker takes a task
 * of the job of the highest priority that has one for it, renders it, and takes the next.
 */
export function* night(
  plans: readonly JobPlan[],
  machines: readonly Machine[],
  { start, end }: { readonly start: number; readonly end: number },
  random: Random,
): Generator<Happening> {
  const jobs = plans
    .toSorted((a, b) => b.priority - a.priority || a.submitted - b.submitted)
    .map((plan) => new Job(plan));
  const workers = machines.map(
    (machine): Worker => ({ machine, at: start + random.int(0, MINUTE), rendering: undefined }),
  );
  for (;;) {
    const worker = workers.reduce((a, b) => (b.at < a.at ? b : a));
    const { at, machine, rendering } = worker;
    if (at > end) return;
    if (rendering) yield* finish(worker, rendering, workers, random);
    else if (at >= machine.lostAt) worker.at = Infinity;
    else yield* look(worker, jobs, random);
  }
}

function* look(worker: Worker, jobs: readonly Job[], random: Random): Generator<Happening> {
  const { machine, at } = worker;
  const job = jobs.find((each) => each.hasWork(at));
  if (job === undefined) {
    worker.at += random.int(20 * SECOND, MINUTE);
    return;
  }
  const taskId = job.take(at);
  const { outcome, doneAt } = foresee(job.plan, taskId, worker, random);
  worker.at = doneAt;
  worker.rendering = { job: job.plan, taskId, machine, started: at, of: job, outcome };
  yield { at, body: taskStarted(worker.rendering, job.errorsOf(taskId)) };
}

/** How a rendering that begins now will go, unless its job ends before. */
function foresee(
  { typicalTime, bad }: JobPlan,
  taskId: number,
  { machine, at }: Worker,
  random: Random,
): { readonly outcome: Outcome; readonly doneAt: number } {
  const usual = random.int(60, 150) * (random.chance(SLOW) ? 3 : 1);
  const isBad = bad !== undefined && bad.from <= taskId && taskId <= bad.to;
  const isError = isBad || random.int(1, 1_000) <= MISHAPS;
  const percent = isError ? Math.ceil((usual * random.int(5, 60)) / 100) : usual;
  const doneAt = at + Math.ceil((typicalTime * percent) / 100);
  if (doneAt < machine.lostAt) return { outcome: isError ? 'error' : 'completed', doneAt };
  // Deadline's repair of its repository finds it some minutes later.
  return { outcome: 'worker lost', doneAt: machine.lostAt + random.int(5 * MINUTE, 12 * MINUTE) };
}

function* finish(
  worker: Worker,
  { of: job, taskId, outcome }: Rendering,
  workers: readonly Worker[],
  random: Random,
): Generator<Happening> {
  const { at } = worker;
  yield stop(worker, job.finish(taskId, outcome), at, random);
  const end = job.end();
  if (end === undefined) return;
  // What becomes of the tasks of a deleted job is documented nowhere.
  const status = end === 'Failed' ? 'Failed' : 'Suspended';
  for (const other of workers) {
    if (other.rendering?.of === job) yield stop(other, status, at, random);
  }
  const { plan, started, errors } = job;
  yield { at, body: jobStopped(plan, end, { started, stopped: at, errors }) };
}

function stop(worker: Worker, status: TaskEnd, at: number, random: Random): Happening {
  const rendering = worker.rendering as Rendering;
  const { of, job, taskId, machine, started } = rendering;
  worker.rendering = undefined;
  worker.at = at + random.int(SECOND, 6 * SECOND);
  const body = taskStopped(rendering, {
    status,
    stopped: at,
    errors: of.errorsOf(taskId),
    progress: progressOf(status, random),
    counters: counters(machine, at - started, status === 'Completed' ? job.chunk : 0, random),
  });
  return { at, body };
}

/** In percent. A task that is queued again begins from none. */
function progressOf(status: TaskEnd, random: Random): number {
  if (status === 'Completed') return 100;
  return status === 'Queued' ? 0 : random.int(0, 99);
}
