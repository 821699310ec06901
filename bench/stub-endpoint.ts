import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface StubEndpoint extends Disposable {
  readonly endpoint: string;
}

/**
 * Starts a stub of DynamoDB and SQS in a separate process. DynamoDB answers as if no rows were stored and every
 * write succeeded. SQS has the queues of `stubQueueUrl`.
 *
 * @param delay time until each answer, in ms
 */
export async function startStubEndpoint(signal: AbortSignal, delay = 0): Promise<StubEndpoint> {
  // It exits with this process.
  const child = fork(join(import.meta.dirname, 'stub-endpoint-process.ts'), [String(delay)]);
  const [endpoint] = await once(child, 'message', { signal });
  return { endpoint, [Symbol.dispose]: () => child.disconnect() };
}
