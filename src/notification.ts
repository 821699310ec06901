import * as z from 'zod/mini';
import type { Json } from './json.ts';
import { must, valid } from './schema.ts';

/** DynamoDB's limit for a partition key. */
const MAX_JOB_ID_BYTES = 2_048;

const jobId = z.string(must('be a string')).check(
  z.minLength(1, must('not be empty')),
  z.refine(
    (id) => Buffer.byteLength(id) <= MAX_JOB_ID_BYTES,
    must(`be at most ${MAX_JOB_ID_BYTES} bytes, as a key in DynamoDB`),
  ),
);

/**
 * What says which row a notification belongs to. All else in it is the sender's business: a field
 * that is new, gone or of another type changes nothing here.
 */
const Identified = z.object(
  {
    NotificationInfo: z.object(
      { Name: z.string(must('be a string')).check(z.minLength(1, must('not be empty'))) },
      must('be an object'),
    ),
  },
  must('be an object'),
);
export const JobIdentity = z.object({ JobID: jobId }, must('be an object'));
export const TaskIdentity = z.object(
  { JobID: jobId, TaskID: z.int(must('be a whole number')) },
  must('be an object'),
);
const OfJob = z.object({ JobDetails: JobIdentity });
const OfTask = z.object({ TaskDetails: TaskIdentity });

/** The two kinds of notification, of which each has a table. */
export type Kind = 'job' | 'task';

/** What a notification is about, as its sender says. */
export interface Identity {
  readonly kind: Kind;
  /** `NotificationInfo.Name`, such as `StoppedTaskNotification`. */
  readonly name: string;
  readonly jobId: string;
  /** Of a task only. */
  readonly taskId?: number;
}

/**
 * Reads the identity of a notification. A name that starts with `Job` concerns a job, any other a
 * task: names that a later Deadline adds are taken.
 *
 * @throws InvalidNotification when it has none, naming the field
 */
export function identify(body: Json): Identity {
  const name = valid(Identified, body).NotificationInfo.Name;
  if (name.startsWith('Job')) {
    return { kind: 'job', name, jobId: valid(OfJob, body).JobDetails.JobID };
  }
  const { JobID, TaskID } = valid(OfTask, body).TaskDetails;
  return { kind: 'task', name, jobId: JobID, taskId: TaskID };
}
