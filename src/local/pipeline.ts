import { startEventSource } from './event-source.ts';
import {
  type LocalDeployment,
  type LocalDeploymentOptions,
  startLocalDeployment,
} from './local-deployment.ts';

/**
 * How long a message stays hidden after it was received, in s. The stack's time allows for a
 * function that is still at work; here it would only make one wait for dead letters.
 */
const VISIBILITY_TIMEOUT = 1;

export interface PipelineOptions extends Omit<LocalDeploymentOptions, 'visibilityTimeout'> {
  readonly onError: (error: Error) => void;
}

/** The stack on this machine, with its queue feeding its function. */
export type Pipeline = LocalDeployment;

/**
 * Starts the stack on this machine, and its function behind its event source.
 *
 * @throws CannotStart when a part does not start; those that did are stopped
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
