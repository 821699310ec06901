import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface StubEndpoint extends Disposable {
  readonly endpoint: string;
}

/**
 * Starts a stub of DynamoDB in a separate process. It answers every request immediately, as if no rows were
 * stored and every write succeeded.
 */
export async function startStubEndpoint(signal: AbortSignal): Promise<StubEndpoint> {
  const child = fork(join(import.meta.dirname, 'stub-endpoint-process.ts')); // it exits with this process
  const [endpoint] = await once(child, 'message', { signal });
  return { endpoint, [Symbol.dispose]: () => child.disconnect() };
}
