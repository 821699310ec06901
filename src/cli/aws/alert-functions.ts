import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import type {
  AlertsRequest,
  Answer,
  ListedAlert,
  SampleMessage,
  SendRequest,
} from '../../alerts/message/channel-message.ts';
import { DeadlineNotificationsError, SettingOff } from '../../shared/errors.ts';
import type { Session } from '../session.ts';
import { AwsRequestHandler } from './request-handler.ts';
import type { StackOutputs } from './stack-outputs.ts';

/** How long an answer may take, in ms: longer than any channel takes, and a function that starts. */
const LONGEST = 60_000;

const texts = z.array(z.string());
const Listed = z.object({
  alerts: z.array(
    z.object({
      name: z.string(),
      when: texts,
      filters: z.record(z.string(), texts),
      to: texts,
      message: z.nullable(z.string()),
      mention: z.record(z.string(), texts),
    }),
  ),
});
const Samples = z.object({
  messages: z.array(
    z.object({
      id: z.string(),
      alert: z.string(),
      channel: z.string(),
      payload: z.custom<object>((value) => typeof value === 'object' && value !== null),
      transition: z.string(),
    }),
  ),
});
const Sent = z.object({
  answers: z.array(
    z.union([
      z.object({
        status: z.literal('sent'),
        detail: z.string(),
        after: z.exactOptional(z.number()),
      }),
      z.object({
        status: z.literal('later'),
        reason: z.string(),
        after: z.exactOptional(z.number()),
      }),
      z.object({ status: z.literal('never'), reason: z.string() }),
    ]),
  ),
});

/** The stack's functions for alerts. They have the rules and the secrets, which this machine has not. */
export class AlertFunctions {
  readonly #lambda: LambdaClient;
  readonly #signal: AbortSignal;
  readonly #names: { readonly alerts: string; readonly sender: string };

  /** @throws SettingOff if the stack has no alerts */
  constructor({ account, signal }: Session, stack: StackOutputs) {
    const { AlertsFunctionName: alerts, AlertSenderFunctionName: sender } = stack;
    if (alerts === undefined || sender === undefined) {
      throw new SettingOff('The stack has no alerts. Set `alerts`, and deploy.');
    }
    const requestHandler = new AwsRequestHandler(account.profile, LONGEST);
    this.#lambda = new LambdaClient({ ...account, requestHandler });
    this.#signal = signal;
    this.#names = { alerts, sender };
  }

  /** The alerts as deployed. */
  async list(): Promise<readonly ListedAlert[]> {
    return (await this.#ask(this.#names.alerts, { ask: 'alerts' }, Listed)).alerts;
  }

  /** A sample of each transition of an alert for each of its channels. */
  async samples(alert: string): Promise<readonly SampleMessage[]> {
    return (await this.#ask(this.#names.alerts, { ask: 'samples', alert }, Samples)).messages;
  }

  /** Sends a message, and tells what its channel answered. */
  async send(message: SampleMessage): Promise<Answer> {
    const { transition: _, ...sent } = message;
    const request: SendRequest = { ask: 'send', messages: [sent] };
    const { answers } = await this.#ask(this.#names.sender, request, Sent);
    return answers[0] ?? { status: 'later', reason: 'the function did not answer for it' };
  }

  async #ask<T extends z.ZodMiniType>(
    FunctionName: string,
    request: AlertsRequest | SendRequest,
    schema: T,
  ): Promise<z.infer<T>> {
    const { Payload, FunctionError } = await this.#lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(request) }),
      { abortSignal: this.#signal },
    );
    const answer = JSON.parse(Payload?.transformToString() || 'null');
    if (FunctionError !== undefined) {
      const { errorType = FunctionError, errorMessage = 'no message' } = answer ?? {};
      throw new DeadlineNotificationsError(
        `The function ${FunctionName} failed: ${errorType}: ${errorMessage}. Its log tells more.`,
      );
    }
    const { success, data } = z.safeParse(schema, answer);
    if (success) return data;
    throw new DeadlineNotificationsError(
      `The function ${FunctionName} answered what this command does not know. ` +
        'Use the version of the command line that deployed it.',
    );
  }
}
