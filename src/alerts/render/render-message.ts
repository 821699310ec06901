import { hash } from 'node:crypto';
import type { Alert } from '../../shared/alerts/alert.ts';
import type { Channel } from '../../shared/alerts/channel.ts';
import type { AlertMessage } from '../message/alert-message.ts';
import type { ChannelMessage } from '../message/channel-message.ts';

/** How times and commands are written. */
export interface MessageView {
  readonly timeZone: string;
  readonly stackName: string | undefined;
  readonly now: number;
}

/** A stand-in until the channels' own forms are merged. */
export function renderMessage(
  message: AlertMessage,
  alert: Alert,
  channel: Channel,
  _view: MessageView,
): ChannelMessage[] {
  const ids = message.transitions.map(({ id }) => id);
  const id = hash('sha256', JSON.stringify([alert.name, channel.text, ids]), 'hex');
  return [{ id, alert: alert.name, channel: channel.text, payload: { kind: message.kind } }];
}
