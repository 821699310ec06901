import { hash } from 'node:crypto';
import type { Alert } from '../../shared/alerts/alert.ts';
import type { Channel, ChannelKind } from '../../shared/alerts/channel.ts';
import type { Transition } from '../../shared/history-entry.ts';
import type { AlertMessage } from '../message/alert-message.ts';
import type { ChannelMessage } from '../message/channel-message.ts';
import { digestWords } from './digest-words.ts';
import { discordPayload, lateDiscordPayload } from './discord-embed.ts';
import { jobWords } from './job-words.ts';
import { lateWords } from './late-words.ts';
import { lateLogPayload, logPayload } from './log-line.ts';
import { lateMailPayload, mailPayload } from './mail-text.ts';
import type { LateWords, MessageView, MessageWords } from './message-words.ts';
import { lateSlackPayload, slackPayload } from './slack-blocks.ts';
import { lateTeamsPayload, teamsPayload } from './teams-card.ts';
import { webhookBodies } from './webhook-body.ts';

export type { MessageView } from './message-words.ts';

/** How a channel says a message, and one about late notifications. */
interface Form {
  readonly payload: (words: MessageWords, alert: Alert) => object;
  readonly late: (words: LateWords) => object;
}

const MAIL: Form = { payload: mailPayload, late: lateMailPayload };
const FORMS: Readonly<Record<Exclude<ChannelKind, 'webhook'>, Form>> = {
  slack: { payload: slackPayload, late: lateSlackPayload },
  teams: { payload: teamsPayload, late: lateTeamsPayload },
  discord: { payload: discordPayload, late: lateDiscordPayload },
  email: MAIL,
  sns: MAIL,
  log: { payload: logPayload, late: lateLogPayload },
};

/** A message in the form of a channel: one, or of a webhook, several if it tells many transitions. */
export function renderMessage(
  message: AlertMessage,
  alert: Alert,
  channel: Channel,
  view: MessageView,
): ChannelMessage[] {
  const toMessage = (payload: object, transitions: readonly Transition[]): ChannelMessage => ({
    id: messageId(alert, channel, transitions),
    alert: alert.name,
    channel: channel.text,
    payload,
  });
  if (channel.kind === 'webhook') {
    return webhookBodies(alert.name, message.transitions).map((body) =>
      toMessage(body, body.transitions),
    );
  }
  const { payload, late } = FORMS[channel.kind];
  const shown =
    message.kind === 'late'
      ? late(lateWords(message, view))
      : payload(
          message.kind === 'job' ? jobWords(message, alert, view) : digestWords(message, view),
          alert,
        );
  return [toMessage(shown, message.transitions)];
}

/** The same for the same transitions, in whatever order they come; as short as SQS's ids for deduplication. */
function messageId(alert: Alert, channel: Channel, transitions: readonly Transition[]): string {
  const ids = transitions.map(({ id }) => id).sort();
  return hash('sha256', JSON.stringify([alert.name, channel.text, ids]), 'hex');
}
