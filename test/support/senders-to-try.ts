import type {
  Answer,
  ChannelMessage,
  LogLine,
  Mail,
} from '../../src/alerts/message/channel-message.ts';
import type { Secret, Senders, Unsent } from '../../src/alerts/send/senders.ts';

/** A message of an alert, small. */
export function channelMessage(channel: string, fields: Partial<ChannelMessage> = {}) {
  const payload = channel.startsWith('log')
    ? { level: 'WARN', message: 'alert', alert: 'failures', failed: 7 }
    : /^(email|sns):/.test(channel)
      ? { subject: '[failures] Failed: sq010_lighting', text: 'sq010_lighting failed.\n' }
      : { text: 'Failed: sq010_lighting “夜景”' };
  return { id: 'id-1', alert: 'failures', channel, payload, ...fields } satisfies ChannelMessage;
}

/** Senders of this machine, with secrets of a test's own. */
export function sendersToTry(changed: Partial<Senders> = {}) {
  const secrets = new Map<string, string | Unsent>();
  const forgotten: string[] = [];
  const lines: LogLine[] = [];
  const mails: (Mail & { readonly to: string })[] = [];
  const senders: Senders = {
    secrets: {
      async find(name): Promise<Secret | Unsent> {
        const value = secrets.get(name) ?? name;
        return typeof value === 'string' ? { value, source: `The parameter ${name}` } : value;
      },
      forget: (name = 'all') => forgotten.push(name),
    },
    mail: {
      async send({ text }, mail): Promise<Answer> {
        mails.push({ to: text, ...mail });
        return { status: 'sent', detail: 'printed' };
      },
    },
    log: (line) => lines.push(line),
    slackHosts: [],
    isLocal: true,
    timeout: 2_000,
    now: () => 0,
    ...changed,
  };
  return { senders, secrets, forgotten, lines, mails };
}
