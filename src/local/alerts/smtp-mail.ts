import { createTransport } from 'nodemailer';
import type { Answer, Mail } from '../../alerts/message/channel-message.ts';
import type { MailChannel, MailOut } from '../../alerts/send/senders.ts';
import { COMMAND } from '../../shared/resource-names.ts';

/** An SMTP server. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
}

/** How long the server may take, in ms. */
const LONGEST = 10_000;

/** Sends mail to an SMTP server without TLS and without a login, such as one that only shows it. */
export class SmtpMail implements MailOut {
  readonly #transport;

  constructor({ host, port }: SmtpServer) {
    this.#transport = createTransport({
      ...{ host, port, secure: false, ignoreTLS: true },
      ...{ connectionTimeout: LONGEST, greetingTimeout: LONGEST, socketTimeout: LONGEST },
    });
  }

  async send(channel: MailChannel, { subject, text }: Mail): Promise<Answer> {
    try {
      const from = `${COMMAND}@localhost`;
      const { response } = await this.#transport.sendMail({
        ...{ from, to: recipient(channel), subject, text },
      });
      return { status: 'sent', detail: response };
    } catch (error) {
      const { message, responseCode = 0 } = error as Error & { responseCode?: number };
      return { status: responseCode >= 500 ? 'never' : 'later', reason: message };
    }
  }
}

/** A topic has subscribers, which this machine does not know: its name stands for them, in no domain. */
function recipient(channel: MailChannel): string {
  if (channel.kind === 'email') return channel.address;
  return `${channel.topicArn.split(':').at(-1)}@sns.invalid`;
}
