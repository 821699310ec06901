import { startEventSource } from './event-source.ts';
import {
  type LocalDeployment,
  type LocalDeploymentOptions,
  startLocalDeployment,
} from './local-deployment.ts';

/**
 * The queues' visibility timeout, in s. The stack's is longer, in case the function is still running; here,
 * that would only delay dead letters.
 */
const VISIBILITY_TIMEOUT = 1;

export interface PipelineOptions extends Omit<LocalDeploymentOptions, 'visibilityTimeout'> {
  readonly onError: (error: Error) => void;
}

/** The stack on this machine, with its queue connected to its function. */
export type Pipeline = LocalDeployment;

/**
 * Starts the stack on this machine, including its event source.
 *
 * @throws CannotStart if a part does not start; parts already started are stopped
 */
export async function startPipeline({ onError, ...options }: PipelineOptions): Promise<Pipeline> {
  await using started = new AsyncDisposableStack();
  const stack = started.use(
    await startLocalDeployment({ ...options, visibilityTimeout: VISIBILITY_TIMEOUT }),
  );
  started.use(startEventSource({ ...stack, onError }));
  const running = started.move();
  return { ...stack, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
