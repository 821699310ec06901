import { hash } from 'node:crypto';

/** The longest job id that is the key of its entries, in bytes. Deadline's have 24. */
const MAX_JOB_ID_BYTES = 128;
/** Characters of a longer id that its key begins with: at most three bytes each. */
const KEPT = 24;

/** The partition key of a job's entries: its id, or of a very long one its beginning and its hash. */
export function historyJobId(jobId: string): string {
  if (jobId.length * 3 <= MAX_JOB_ID_BYTES || Buffer.byteLength(jobId) <= MAX_JOB_ID_BYTES) {
    return jobId;
  }
  return `${jobId.slice(0, KEPT).toWellFormed()}…${hash('sha256', jobId, 'hex').slice(0, 32)}`;
}
