import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { startEventSource } from './event-source.ts';
import {
  type LocalDeployment,
  type LocalDeploymentOptions,
  type LocalEvents,
  startLocalDeployment,
} from './local-deployment.ts';
import { type GivenUp, startStreamSource } from './stream-source.ts';

/**
 * The stack hides messages longer, in case the function is still running, and redelivers them for hours, in case
 * of an outage. Here, that would only delay dead letters.
 */
const DELIVERY = { visibilityTimeout: 1, maxReceiveCount: 5 };

export interface PipelineOptions extends Omit<LocalDeploymentOptions, 'delivery'> {
  readonly onError: (error: Error) => void;
}

/** The stack on this machine, with its queue connected to its function, and its history to the one of events. */
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
  if (stack.events) started.use(startPublishing(stack, stack.events, onError));
  const running = started.move();
  return { ...stack, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

function startPublishing(
  { sqs }: LocalDeployment,
  events: LocalEvents,
  onError: (error: Error) => void,
): AsyncDisposable {
  const onGivenUp = (records: GivenUp) =>
    sqs.send(
      new SendMessageCommand({
        QueueUrl: events.unsentUrl,
        MessageBody: JSON.stringify({ DDBStreamBatchInfo: records }),
      }),
    );
  return startStreamSource({ ...events, onGivenUp, now: Date.now }, onError);
}
