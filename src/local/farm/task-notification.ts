import type { TaskNotification } from '../../shared/documented-fields.ts';
import sampleStarted from '../../shared/samples/started-task.json' with { type: 'json' };
import sampleStopped from '../../shared/samples/stopped-task.json' with { type: 'json' };
import { localDateTime, NOT_SET, timeSpan } from './deadline-times.ts';
import type { JobPlan } from './job-plan.ts';
import type { Machine } from './machines.ts';
import type { TaskCounters } from './task-counters.ts';

/** `Queued` means requeued. */
export type TaskStopStatus = 'Completed' | 'Failed' | 'Suspended' | 'Queued';

/** A task on the machine that renders it. */
export interface TaskRun {
  readonly plan: JobPlan;
  readonly taskId: number;
  readonly machine: Machine;
  /** In ms since the epoch. */
  readonly started: number;
}

/** How a task stopped. */
export interface TaskStop {
  readonly status: TaskStopStatus;
  /** In ms since the epoch. */
  readonly stopped: number;
  /** The task's errors so far, on all workers. */
  readonly errors: number;
  /** In percent. */
  readonly progress: number;
  readonly counters: TaskCounters;
}

/**
 * The notification of a started task, without its `Timestamp`.
 *
 * @param errors the task's errors so far
 */
export function startedTaskNotification(run: TaskRun, errors: number): TaskNotification {
  return {
    ...sampleStarted,
    ...workerFields(run),
    TaskDetails: {
      ...sampleStarted.TaskDetails,
      ...taskFields(run),
      NumberOfErrors: errors,
      CompletedDateTime: NOT_SET,
    },
  };
}

/** The notification of a stopped task, without its `Timestamp`. */
export function stoppedTaskNotification(run: TaskRun, stop: TaskStop): TaskNotification {
  const { plan, taskId, started } = run;
  const { status, stopped, errors, progress, counters } = stop;
  return {
    ...sampleStopped,
    ...workerFields(run),
    TaskDetails: {
      ...sampleStopped.TaskDetails,
      ...taskFields(run),
      Status: status,
      NumberOfErrors: errors,
      Progress: `${progress} %`,
      RenderTime: timeSpan(stopped - started),
      CompletedDateTime: status === 'Completed' ? localDateTime(stopped) : NOT_SET,
      ...counters,
    },
    NotificationInfo: {
      ...sampleStopped.NotificationInfo,
      StopReason: `The Task '${plan.id}_${taskId}' was set to ${status}.`,
    },
  };
}

function taskFields({ plan, taskId, machine, started }: TaskRun) {
  const first = plan.firstFrame + taskId * plan.chunkSize;
  const frames = `${first}-${Math.min(first + plan.chunkSize - 1, plan.lastFrame)}`;
  return {
    JobID: plan.id,
    TaskID: taskId,
    Name: `${taskId}_${frames}`,
    FrameRange: frames,
    WorkerName: machine.name,
    TaskStartDateTime: localDateTime(started),
    RenderStartTime: localDateTime(started),
  };
}

function workerFields({ machine }: TaskRun) {
  return { Source: machine.source, WorkerInfo: { AWSInfo: machine.awsInfo, CPUs: machine.cpus } };
}
