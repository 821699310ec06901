/** What an e-mail or another message of SNS says. */
export interface Mail {
  /** ASCII, under 100 characters, without line ends. */
  readonly subject: string;
  readonly text: string;
}

/** A line of the log. */
export interface LogLine {
  readonly level: 'INFO' | 'WARN';
  readonly [field: string]: unknown;
}

/** A message in the form of its channel: the body of a message in the queue. */
export interface ChannelMessage {
  /** The same whenever the same transitions are told to the same channel. */
  readonly id: string;
  /** The name of the alert. */
  readonly alert: string;
  /** As in the configuration, such as `slack:/deadline/slack-webhook`. */
  readonly channel: string;
  /**
   * Of Slack, Teams, Discord, and webhooks what is posted, as JSON; of e-mail and SNS a `Mail`; of the log a
   * `LogLine`.
   */
  readonly payload: object;
}

/** What became of a message. */
export type Answer =
  /** `after` is how long the channel takes no other message, in s. */
  | { readonly status: 'sent'; readonly detail: string; readonly after?: number }
  /** Send it again. `after` is how long the channel wants to be left alone, in s. */
  | { readonly status: 'later'; readonly reason: string; readonly after?: number }
  /** The channel will never take it. */
  | { readonly status: 'never'; readonly reason: string };

/**
 * What the functions are asked by the command line, in place of an event:
 * - the first lists its alerts, or makes a sample of each transition of an alert
 * - the sender sends messages, and tells what became of each
 */
export type AlertsRequest =
  | { readonly ask: 'alerts' }
  | { readonly ask: 'samples'; readonly alert: string };
export interface SendRequest {
  readonly ask: 'send';
  readonly messages: readonly ChannelMessage[];
}

/** The answers to these. */
export interface AlertsAnswer {
  readonly alerts: readonly ListedAlert[];
}
export interface SamplesAnswer {
  readonly messages: readonly SampleMessage[];
}
export interface SendAnswer {
  /** In the order of the messages. */
  readonly answers: readonly Answer[];
}

/** An alert as the command line lists it. */
export interface ListedAlert {
  readonly name: string;
  readonly when: readonly string[];
  readonly filters: Readonly<Record<string, readonly string[]>>;
  readonly to: readonly string[];
  readonly message: string | null;
  readonly mention: Readonly<Record<string, readonly string[]>>;
}

/** A sample, with the transition that it is of. */
export interface SampleMessage extends ChannelMessage {
  readonly transition: string;
}
