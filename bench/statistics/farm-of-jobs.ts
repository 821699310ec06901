import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { StubEndpoint } from '../stub-endpoint.ts';

/** A farm whose jobs have all stopped. */
export interface FarmSize {
  readonly jobs: number;
  readonly tasksPerJob: number;
}

/** Starts a stub of DynamoDB in a separate process that has the rows of a farm, and answers every query with them. */
export async function startFarmOfJobs(
  { jobs, tasksPerJob }: FarmSize,
  signal: AbortSignal,
): Promise<StubEndpoint> {
  // It exits with this process.
  const path = join(import.meta.dirname, 'farm-of-jobs-process.ts');
  const child = fork(path, [String(jobs), String(tasksPerJob)]);
  const [endpoint] = await once(child, 'message', { signal });
  return { endpoint, [Symbol.dispose]: () => child.disconnect() };
}
