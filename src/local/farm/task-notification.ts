import type { TaskNotification } from '../../shared/documented-fields.ts';
import sampleStarted from '../../shared/samples/started-task.json' with { type: 'json' };
import sampleStopped from '../../shared/samples/stopped-task.json' with { type: 'json' };
import { localDateTime, NOT_SET, timeSpan } from './deadline-times.ts';
import type { JobPlan } from './job-plan.ts';
import type { Machine } from './machines.ts';
import type { Counters } from './task-counters.ts';

export type TaskEnd = 'Completed' | 'Failed' | 'Suspended' | 'Queued';

/** A task that a machine renders. */
export interface Assignment {
  readonly job: JobPlan;
  readonly taskId: number;
  readonly machine: Machine;
  /** In ms since the epoch. */
  readonly started: number;
}

/** How a rendering ended. */
export interface TaskCourse {
  readonly status: TaskEnd;
  /** In ms since the epoch. */
  readonly stopped: number;
  /** Those that the task has had so far, whoever rendered it. */
  readonly errors: number;
  /** In percent. */
  readonly progress: number;
  readonly counters: Counters;
}

/**
 * What Deadline says of a task that starts, but for when it says so.
 *
 * @param errors that the task has had so far
 */
export function taskStarted(assignment: Assignment, errors: number): TaskNotification {
  return {
    ...sampleStarted,
    ...workerOf(assignment),
    TaskDetails: {
      ...sampleStarted.TaskDetails,
      ...taskOf(assignment),
      NumberOfErrors: errors,
      CompletedDateTime: NOT_SET,
    },
  };
}

/** What Deadline says of a task that stops, but for when it says so. */
export function taskStopped(assignment: Assignment, course: TaskCourse): TaskNotification {
  const { job, taskId, started } = assignment;
  const { status, stopped, errors, progress, counters } = course;
  return {
    ...sampleStopped,
    ...workerOf(assignment),
    TaskDetails: {
      ...sampleStopped.TaskDetails,
      ...taskOf(assignment),
      Status: status,
      NumberOfErrors: errors,
      Progress: `${progress} %`,
      RenderTime: timeSpan(stopped - started),
      CompletedDateTime: status === 'Completed' ? localDateTime(stopped) : NOT_SET,
      ...counters,
    },
    NotificationInfo: {
      ...sampleStopped.NotificationInfo,
      StopReason: `The Task '${job.id}_${taskId}' was set to ${status}.`,
    },
  };
}

function taskOf({ job, taskId, machine, started }: Assignment) {
  const first = job.firstFrame + taskId * job.chunk;
  const frames = `${first}-${Math.min(first + job.chunk - 1, job.lastFrame)}`;
  return {
    JobID: job.id,
    TaskID: taskId,
    Name: `${taskId}_${frames}`,
    FrameRange: frames,
    WorkerName: machine.name,
    TaskStartDateTime: localDateTime(started),
    RenderStartTime: localDateTime(started),
  };
}

function workerOf({ machine }: Assignment) {
  return { Source: machine.source, WorkerInfo: { AWSInfo: machine.awsInfo, CPUs: machine.cpus } };
}
