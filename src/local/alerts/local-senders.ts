import { json } from 'node:stream/consumers';
import type { Answer, LogLine, Mail } from '../../alerts/message/channel-message.ts';
import type { MailChannel, MailOut, Secret, Secrets, Senders } from '../../alerts/send/senders.ts';
import type { Alert } from '../../shared/alerts/alert.ts';
import { type LoopbackServer, startLoopbackServer } from '../engines/loopback-server.ts';
import { hasUrl, URL_RULES } from './alerts-file.ts';
import { SmtpMail, type SmtpServer } from './smtp-mail.ts';

/** Prints a message of a channel. */
export type PrintMessage = (channel: string, payload: object) => void;

export interface LocalSendersOptions {
  readonly alerts: readonly Alert[];
  /** Where mail goes; it is printed if it is not set. */
  readonly smtp: SmtpServer | undefined;
  readonly print: PrintMessage;
  /** The time, in ms since the epoch. */
  readonly now: () => number;
}

/** How long a webhook has to answer, in ms. */
const TIMEOUT = 10_000;

/**
 * How messages are sent from this machine: posted to channels that have a URL. What would go to those with a
 * parameter's name is posted to a server that prints it, as the parameter is not here.
 */
export async function startLocalSenders({
  alerts,
  smtp,
  print,
  now,
}: LocalSendersOptions): Promise<Senders & AsyncDisposable> {
  const printer = await startPrinter(print);
  return {
    ...URL_RULES,
    secrets: new LocalSecrets(alerts, printer.endpoint),
    mail: smtp ? new SmtpMail(smtp) : new PrintedMail(print),
    log: (line: LogLine) => print('log', line),
    timeout: TIMEOUT,
    now,
    [Symbol.asyncDispose]: () => printer[Symbol.asyncDispose](),
  };
}

/** Takes any message, and prints it. The path names its channel. */
function startPrinter(print: PrintMessage): Promise<LoopbackServer> {
  return startLoopbackServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://127.0.0.1');
    print(decodeURIComponent(pathname.slice(1)), (await json(request)) as object);
    response.end('printed');
  });
}

/** URLs as channels have them, and the printer's in place of parameters. */
class LocalSecrets implements Secrets {
  /** The printer's URLs by the names of parameters. */
  readonly #printed: ReadonlyMap<string, string>;

  constructor(alerts: readonly Alert[], printer: string) {
    const channels = alerts.flatMap(({ to }) => to);
    this.#printed = new Map(
      channels.flatMap((channel) =>
        'url' in channel && !hasUrl(channel.url)
          ? [[channel.url, `${printer}/${encodeURIComponent(channel.text)}`]]
          : [],
      ),
    );
  }

  async find(name: string): Promise<Secret> {
    return { value: this.#printed.get(name) ?? name, source: 'The channel' };
  }

  forget(): void {}
}

class PrintedMail implements MailOut {
  readonly #print: PrintMessage;

  constructor(print: PrintMessage) {
    this.#print = print;
  }

  async send({ text }: MailChannel, mail: Mail): Promise<Answer> {
    this.#print(text, mail);
    return { status: 'sent', detail: 'printed' };
  }
}
