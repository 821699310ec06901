import { startEventSource } from './event-source.ts';
import {
  type LocalDeployment,
  type LocalDeploymentOptions,
  startLocalDeployment,
} from './local-deployment.ts';

/**
 * The stack hides messages longer, in case the function is still running, and redelivers them for hours, in case
 * of an outage. Here, that would only delay dead letters.
 */
const DELIVERY = { visibilityTimeout: 1, maxReceiveCount: 5 };

export interface PipelineOptions extends Omit<LocalDeploymentOptions, 'delivery'> {
  readonly onError: (error: Error) => void;
}

/**
 * The stack on this machine, with its queues connected to their functions. The history is left to connect to those of
 * events and alerts: what they print of a night would hide what is printed first, and a night has a clock of its own.
 */
export type Pipeline = LocalDeployment;

/**
 * Starts the stack on this machine, including its event source.
 *
 * @throws CannotStart if a part does not start; parts already started are stopped
 */
export async function startPipeline({ onError, ...options }: PipelineOptions): Promise<Pipeline> {
  await using started = new AsyncDisposableStack();
  const stack = started.use(await startLocalDeployment({ ...options, delivery: DELIVERY }));
  started.use(startEventSource({ ...stack, onError }));
  if (stack.alerts) {
    started.use(startEventSource({ sqs: stack.sqs, ...stack.alerts.messages, onError }));
  }
  const running = started.move();
  return { ...stack, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
