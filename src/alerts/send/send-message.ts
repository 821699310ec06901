import * as z from 'zod/mini';
import { parseChannel } from '../../shared/alerts/channel.ts';
import type { Answer, ChannelMessage, LogLine } from '../message/channel-message.ts';
import { postMessage } from './post-message.ts';
import type { Senders } from './senders.ts';

const MailPayload = z.object({ subject: z.string(), text: z.string() });
const LogPayload = z.looseObject({ level: z.enum(['INFO', 'WARN']) });

/** Sends a message to its channel, once. Failures are not thrown. */
export async function sendMessage(
  message: ChannelMessage,
  how: Senders,
  signal: AbortSignal,
): Promise<Answer> {
  if (signal.aborted) return { status: 'later', reason: 'There was no time left to send it' };
  const channel = parseChannel(message.channel, how.isLocal);
  if ('problem' in channel) {
    return { status: 'never', reason: `Its channel ${channel.problem}` };
  }
  const { id, payload } = message;
  switch (channel.kind) {
    case 'log': {
      const { success, data } = z.safeParse(LogPayload, payload, { jitless: true });
      if (!success) return { status: 'never', reason: 'Its payload is no line of a log' };
      how.log(data as LogLine);
      return { status: 'sent', detail: 'It is in the log' };
    }
    case 'email':
    case 'sns': {
      const { success, data } = z.safeParse(MailPayload, payload, { jitless: true });
      if (!success) return { status: 'never', reason: 'Its payload has no subject and text' };
      return how.mail.send(channel, data, id, signal);
    }
    default:
      return postMessage(message, channel, how, signal);
  }
}
