/** The partitions of the index of what renders: a partition takes 1,000 writes a second, all of them 8,000. */
export const RENDERING_PARTITIONS: readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7'];

// Of FNV-1a with 32 bits (https://datatracker.ietf.org/doc/draft-eastlake-fnv/).
const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * The partition of a job's tasks: the FNV-1a hash of its id's UTF-16 units, modulo 8. Rows have it, so it must
 * stay the same for a job.
 */
export function renderingPartition(jobId: string): string {
  let hash = OFFSET_BASIS;
  for (let index = 0; index < jobId.length; index += 1) {
    hash = Math.imul(hash ^ jobId.charCodeAt(index), PRIME);
  }
  return RENDERING_PARTITIONS[(hash >>> 0) % RENDERING_PARTITIONS.length] as string;
}
