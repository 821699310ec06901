import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** What an SMTP server got. */
export interface ReceivedMail {
  readonly to: string;
  readonly subject: string;
  /** After the headers. */
  readonly text: string;
}

/** An SMTP server on the loopback interface, until the test ends. It takes all mail, unless a test has a refusal. */
export async function startSmtp() {
  const mails: ReceivedMail[] = [];
  const state = { refusal: undefined as string | undefined };
  const server = createServer((socket) => {
    let [received, to, isData] = ['', '', false];
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 stand-in');
    socket.on('error', () => undefined);
    socket.setEncoding('utf8').on('data', (chunk) => {
      received += chunk;
      for (;;) {
        const end = received.indexOf(isData ? '\r\n.\r\n' : '\r\n');
        if (end === -1) return;
        const part = received.slice(0, end);
        received = received.slice(end + (isData ? 5 : 2));
        if (isData) {
          mails.push(toMail(to, part));
          isData = false;
          say('250 taken');
        } else if (/^RCPT/i.test(part) && state.refusal) {
          say(state.refusal);
        } else {
          to = /^RCPT TO:<(.*)>/i.exec(part)?.[1] ?? to;
          isData = /^DATA/i.test(part);
          say(isData ? '354 go on' : /^QUIT/i.test(part) ? '221 bye' : '250 ok');
        }
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { host: '127.0.0.1', port, mails, state };
}

function toMail(to: string, data: string): ReceivedMail {
  const end = data.indexOf('\r\n\r\n');
  const subject = /^Subject: (.*(?:\r\n .*)*)/m.exec(data.slice(0, end))?.[1] ?? '';
  const text = data.slice(end + 4).replaceAll('\r\n', '\n');
  return { to, subject: subject.replaceAll(/\r\n /g, ' '), text };
}
