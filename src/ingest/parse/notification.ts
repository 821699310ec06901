import * as z from 'zod/mini';
import { must, valid } from '../../shared/validate.ts';
import type { Json } from './json.ts';

/** DynamoDB's limit for a partition key, of a table or of an index. */
const MAX_KEY_BYTES = 2_048;

const key = z.string(must('be a string')).check(
  z.minLength(1, must('not be empty')),
  z.refine(
    (text) => Buffer.byteLength(text) <= MAX_KEY_BYTES,
    must(`be at most ${MAX_KEY_BYTES} bytes, as a key in DynamoDB`),
  ),
);

/**
 * What says which row a notification belongs to. All else in it is the sender's business: a field
 * that is new, gone or of another type changes nothing here.
 */
const Identified = z.object(
  { NotificationInfo: z.object({ Name: key }, must('be an object')) },
  must('be an object'),
);
export const JobIdentity = z.object({ JobID: key }, must('be an object'));
export const TaskIdentity = z.object(
  { JobID: key, TaskID: z.int(must('be a whole number')), Status: z.optional(z.unknown()) },
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
  const name = valid(Identified, body).NotificationInfo.Name;
  if (name.startsWith('Job')) {
    return { kind: 'job', name, jobId: valid(OfJob, body).JobDetails.JobID };
  }
  const { JobID, TaskID, Status } = valid(OfTask, body).TaskDetails;
  return { kind: 'task', name, jobId: JobID, taskId: TaskID, status: Status };
}
