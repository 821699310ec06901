import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface InstantEndpoint extends Disposable {
  readonly endpoint: string;
}

/** Starts a DynamoDB that answers at once, in a process of its own. */
export async function startInstantEndpoint(signal: AbortSignal): Promise<InstantEndpoint> {
  const child = fork(join(import.meta.dirname, 'stub-endpoint-process.ts')); // which ends with this process
  const [endpoint] = await once(child, 'message', { signal });
  return { endpoint, [Symbol.dispose]: () => child.disconnect() };
}
