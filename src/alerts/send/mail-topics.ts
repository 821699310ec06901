import { PublishCommand, type PublishCommandInput, type SNSClient } from '@aws-sdk/client-sns';
import { emailTopicId } from '../../shared/alerts/email-topic.ts';
import { COMMAND } from '../../shared/resource-names.ts';
import { isTemporary } from '../../shared/temporary-error.ts';
import type { Answer, Mail } from '../message/channel-message.ts';
import type { MailChannel, MailOut } from './senders.ts';

/** The topics of SNS: one for each address, and those of users. */
export class MailTopics implements MailOut {
  readonly #clientOf: (region: string) => SNSClient;
  readonly #prefix: string;

  /**
   * @param clientOf a client of a region that tries each request once: the queue delivers the message again
   * @param prefix the ARN of an address's topic, up to its hash
   */
  constructor(clientOf: (region: string) => SNSClient, prefix: string) {
    this.#clientOf = clientOf;
    this.#prefix = prefix;
  }

  async send(
    channel: MailChannel,
    { subject, text }: Mail,
    id: string,
    signal: AbortSignal,
  ): Promise<Answer> {
    const isEmail = channel.kind === 'email';
    const TopicArn = isEmail ? this.#prefix + emailTopicId(channel.address) : channel.topicArn;
    const [, , , region = ''] = TopicArn.split(':');
    const input: PublishCommandInput = { TopicArn, Subject: subject, Message: text };
    if (TopicArn.endsWith('.fifo')) {
      Object.assign(input, { MessageGroupId: COMMAND, MessageDeduplicationId: id });
    }
    try {
      await this.#clientOf(region).send(new PublishCommand(input), { abortSignal: signal });
      return { status: 'sent', detail: isEmail ? `SNS took it. ${UNCONFIRMED}` : 'SNS took it' };
    } catch (error) {
      return failure(error as Error);
    }
  }
}

const UNCONFIRMED = 'It reaches the address if its subscription is confirmed';

function failure(error: Error): Answer {
  const { name, message } = error;
  if (name === 'AbortError') return { status: 'later', reason: 'SNS has not answered in time' };
  // A key of KMS that is throttled has a code of its own.
  const status = isTemporary(error) || /Throttl/.test(name) ? 'later' : 'never';
  return { status, reason: `SNS: ${name}: ${message}` };
}
