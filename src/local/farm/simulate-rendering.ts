import type { JobNotification, TaskNotification } from '../../shared/documented-fields.ts';
import { jobStoppedNotification } from './job-notification.ts';
import type { JobPlan } from './job-plan.ts';
import type { Machine } from './machines.ts';
import type { Random } from './random.ts';
import { RenderingJob, type RenderOutcome } from './rendering-job.ts';
import { generateCounters } from './task-counters.ts';
import {
  startedTaskNotification,
  stoppedTaskNotification,
  type TaskRun,
  type TaskStopStatus,
} from './task-notification.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Runs per thousand that end in a random error. */
const ERRORS_PER_THOUSAND = 5;
const PERCENT_THREE_TIMES_AS_LONG = 3;

/** An event that Deadline reports, and when it happens, in ms since the epoch. */
export interface FarmEvent {
  readonly at: number;
  /** The notification, without its `Timestamp`. */
  readonly body: JobNotification | TaskNotification;
}

interface Worker {
  readonly machine: Machine;
  /** When it finishes its task, or looks for one, in ms since the epoch. */
  at: number;
  run: WorkerRun | undefined;
}

interface WorkerRun extends TaskRun {
  readonly job: RenderingJob;
  readonly outcome: RenderOutcome;
}

/**
 * Simulates a farm from `start` to `end` (ms since the epoch): each worker repeatedly takes a task from the
 * job with the highest priority that has one, and renders it. Yields events in order of time.
 */
export function* simulateRendering(
  plans: readonly JobPlan[],
  machines: readonly Machine[],
  { start, end }: { readonly start: number; readonly end: number },
  random: Random,
): Generator<FarmEvent> {
  const jobs = plans
    .toSorted((a, b) => b.priority - a.priority || a.submitted - b.submitted)
    .map((plan) => new RenderingJob(plan));
  const workers = machines.map(
    (machine): Worker => ({ machine, at: start + random.int(0, MINUTE), run: undefined }),
  );
  for (;;) {
    const worker = workers.reduce((a, b) => (b.at < a.at ? b : a));
    const { at, machine, run } = worker;
    if (at > end) return;
    if (run) yield* finishRun(worker, run, workers, random);
    else if (at >= machine.lostAt) worker.at = Infinity;
    else yield* lookForTask(worker, jobs, random);
  }
}

function* lookForTask(
  worker: Worker,
  jobs: readonly RenderingJob[],
  random: Random,
): Generator<FarmEvent> {
  const { machine, at } = worker;
  const job = jobs.find((each) => each.hasTask(at));
  if (job === undefined) {
    worker.at += random.int(20 * SECOND, MINUTE);
    return;
  }
  const taskId = job.takeTask(at);
  const { outcome, doneAt } = predictRun(job.plan, taskId, worker, random);
  worker.at = doneAt;
  worker.run = { plan: job.plan, taskId, machine, started: at, job, outcome };
  yield { at, body: startedTaskNotification(worker.run, job.taskErrors(taskId)) };
}

/** How a run that starts now will end, unless its job stops first. */
function predictRun(
  { typicalTaskTime, badTasks }: JobPlan,
  taskId: number,
  { machine, at }: Worker,
  random: Random,
): { readonly outcome: RenderOutcome; readonly doneAt: number } {
  const usual = random.int(60, 150) * (random.chance(PERCENT_THREE_TIMES_AS_LONG) ? 3 : 1);
  const isBad = badTasks !== undefined && badTasks.from <= taskId && taskId <= badTasks.to;
  const isError = isBad || random.int(1, 1_000) <= ERRORS_PER_THOUSAND;
  const percent = isError ? Math.ceil((usual * random.int(5, 60)) / 100) : usual;
  const doneAt = at + Math.ceil((typicalTaskTime * percent) / 100);
  if (doneAt < machine.lostAt) return { outcome: isError ? 'error' : 'completed', doneAt };
  // Deadline's repository repair notices this a few minutes later.
  return { outcome: 'worker lost', doneAt: machine.lostAt + random.int(5 * MINUTE, 12 * MINUTE) };
}

function* finishRun(
  worker: Worker,
  { job, taskId, outcome }: WorkerRun,
  workers: readonly Worker[],
  random: Random,
): Generator<FarmEvent> {
  const { at } = worker;
  yield stopRun(worker, job.finishTask(taskId, outcome), at, random);
  const status = job.stopIfDue();
  if (status === undefined) return;
  // Deadline does not document what happens to the tasks of a deleted job.
  const taskStatus = status === 'Failed' ? 'Failed' : 'Suspended';
  for (const other of workers) {
    if (other.run?.job === job) yield stopRun(other, taskStatus, at, random);
  }
  const { plan, started, errors } = job;
  yield { at, body: jobStoppedNotification(plan, { status, started, stopped: at, errors }) };
}

function stopRun(worker: Worker, status: TaskStopStatus, at: number, random: Random): FarmEvent {
  const run = worker.run as WorkerRun;
  const { job, plan, taskId, machine, started } = run;
  worker.run = undefined;
  worker.at = at + random.int(SECOND, 6 * SECOND);
  const frames = status === 'Completed' ? plan.chunkSize : 0;
  const body = stoppedTaskNotification(run, {
    status,
    stopped: at,
    errors: job.taskErrors(taskId),
    progress: progress(status, random),
    counters: generateCounters(machine, at - started, frames, random),
  });
  return { at, body };
}

/** In percent. A requeued task starts over. */
function progress(status: TaskStopStatus, random: Random): number {
  if (status === 'Completed') return 100;
  return status === 'Queued' ? 0 : random.int(0, 99);
}
