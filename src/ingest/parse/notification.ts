import * as z from 'zod/mini';
import { JobIdentity, type Kind, key, TaskIdentity } from '../../shared/kinds.ts';
import { must, validate } from '../../shared/validate.ts';
import type { Json } from './json.ts';

/**
 * The fields that determine a notification's row. All others are up to the sender: new or missing fields,
 * and other types, change nothing here.
 */
const Named = z.object(
  { NotificationInfo: z.object({ Name: key }, must('be an object')) },
  must('be an object'),
);
const OfJob = z.object({ JobDetails: JobIdentity });
const OfTask = z.object({ TaskDetails: TaskIdentity });

/** What a notification is about. */
export interface Identity {
  readonly kind: Kind;
  /** `NotificationInfo.Name`, such as `StoppedTaskNotification`. */
  readonly name: string;
  readonly jobId: string;
  /** Only for tasks, as is `status`. */
  readonly taskId?: number;
  readonly status?: unknown;
}

/**
 * Reads the identity of a notification. Names that start with `Job` are about a job, all others about a
 * task, so that names added by later versions of Deadline are accepted.
 *
 * @throws InvalidNotification naming a field that is missing or not valid
 */
export function identify(body: Json): Identity {
  const name = validate(Named, body).NotificationInfo.Name;
  if (name.startsWith('Job')) {
    return { kind: 'job', name, jobId: validate(OfJob, body).JobDetails.JobID };
  }
  const { JobID, TaskID, Status } = validate(OfTask, body).TaskDetails;
  return { kind: 'task', name, jobId: JobID, taskId: TaskID, status: Status };
}
