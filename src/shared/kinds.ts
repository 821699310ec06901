import * as z from 'zod/mini';
import { must } from './validate.ts';

/** The two kinds of notifications. Each has its own table. */
export type Kind = 'job' | 'task';

/** DynamoDB's limit for the partition key of a table or index, in bytes. */
export const MAX_KEY_BYTES = 2_048;

/** A text used as a partition key. */
export const key = z.string(must('be a string')).check(
  z.minLength(1, must('not be empty')),
  z.refine(
    (text) => Buffer.byteLength(text) <= MAX_KEY_BYTES,
    must(`be at most ${MAX_KEY_BYTES} bytes, as a key in DynamoDB`),
  ),
);

/** The part of `JobDetails` that identifies a row of the job table. */
export const JobIdentity = z.object({ JobID: key }, must('be an object'));

/** The part of `TaskDetails` that identifies a row of the task table, and the task's status. */
export const TaskIdentity = z.object(
  { JobID: key, TaskID: z.int(must('be a whole number')), Status: z.optional(z.unknown()) },
  must('be an object'),
);
