import type { Channel } from '../../shared/alerts/channel.ts';
import type { Answer, LogLine, Mail } from '../message/channel-message.ts';
import type { UrlRules } from './webhook-url.ts';

/** Why a message was not sent. */
export type Unsent = Exclude<Answer, { status: 'sent' }>;

/** A webhook's URL, or what signs its messages. */
export interface Secret {
  readonly value: string;
  /** What a reason calls it, such as `The parameter /deadline/slack-webhook`. */
  readonly source: string;
}

/** Where secrets are kept, by what a channel has in their place. */
export interface Secrets {
  find(name: string, signal: AbortSignal): Promise<Secret | Unsent>;
  /** Next time, looks where it is kept: it may have been changed. Without a name, all. */
  forget(name?: string): void;
}

/** A channel that SNS takes messages for. */
export type MailChannel = Extract<Channel, { kind: 'email' | 'sns' }>;

export interface MailOut {
  /** @param id that of the message */
  send(channel: MailChannel, mail: Mail, id: string, signal: AbortSignal): Promise<Answer>;
}

/** What differs between AWS and this machine. */
export interface Senders extends UrlRules {
  readonly secrets: Secrets;
  readonly mail: MailOut;
  readonly log: (line: LogLine) => void;
  /** How long a webhook has to answer, in ms. */
  readonly timeout: number;
  /** The time, in ms since the epoch. */
  readonly now: () => number;
}
