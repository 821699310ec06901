import * as z from 'zod/mini';
import { JobIdentity, type Kind, key, TaskIdentity } from '../../shared/kinds.ts';
import { must, validate } from '../../shared/validate.ts';
import type { Json } from './json.ts';

/**
 * What says which row a notification belongs to. All else in it is the sender's business: a field
 * that is new, gone or of another type changes nothing here.
 */
const Named = z.object(
  { NotificationInfo: z.object({ Name: key }, must('be an object')) },
  must('be an object'),
);
const OfJob = z.object({ JobDetails: JobIdentity });
const OfTask = z.object({ TaskDetails: TaskIdentity });

/** What a notification is about, as its sender says. */
export interface Identity {
  readonly kind: Kind;
  /** `NotificationInfo.Name`, such as `StoppedTaskNotification`. */
  readonly name: string;
  readonly jobId: string;
  /** Of a task only, as is its status. */
  readonly taskId?: number;
  readonly status?: unknown;
}

/**
 * Reads the identity of a notification. A name that starts with `Job` concerns a job, any other a
 * task: names that a later Deadline adds are taken.
 *
 * @throws InvalidNotification when it has none, naming the field
 */
export function identify(body: Json): Identity {
  const name = validate(Named, body).NotificationInfo.Name;
  if (name.startsWith('Job')) {
    return { kind: 'job', name, jobId: validate(OfJob, body).JobDetails.JobID };
  }
  const { JobID, TaskID, Status } = validate(OfTask, body).TaskDetails;
  return { kind: 'task', name, jobId: JobID, taskId: TaskID, status: Status };
}
