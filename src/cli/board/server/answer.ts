import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { jsonLine } from '../../output.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** What a request gets. */
export interface Answer {
  /** The HTTP status. */
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** How long a refused client may take to read why, in ms, before its connection is cut. */
const LINGER = 500;

export function jsonAnswer(value: unknown, status = 200): Answer {
  return { status, type: JSON_TYPE, body: JSON.stringify(value) };
}

/** An answer with numbers of any size, with all their digits. */
export function exactJsonAnswer(value: object): Answer {
  return { status: 200, type: JSON_TYPE, body: jsonLine(value, false) };
}

/** An answer that says in a sentence what is wrong: `{ "error": "…" }`. */
export function errorAnswer(
  status: number,
  error: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { ...jsonAnswer({ error }, status), headers };
}

/** Sends an answer; to `HEAD`, its head only. */
export function send(response: ServerResponse<IncomingMessage>, answer: Answer): void {
  response.writeHead(answer.status, headersOf(answer)).end(answer.body);
}

/** Sends an answer and hangs up, without reading what else the client sends. */
export function sendAndHangUp(socket: Duplex, answer: Answer, method = 'GET'): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const head = Object.entries({ ...headersOf(answer), Connection: 'close' })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  socket.on('error', () => socket.destroy());
  socket.end(
    Buffer.concat([
      Buffer.from(`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}\r\n${head}\r\n`),
      Buffer.from(method === 'HEAD' ? '' : answer.body),
    ]),
  );
  // Cut at once, a client that still sends might lose the answer.
  const timer = setTimeout(() => socket.destroy(), LINGER);
  socket.once('close', () => clearTimeout(timer));
}

function headersOf({ type, body, headers }: Answer): Record<string, string> {
  return {
    ...SECURITY_HEADERS,
    ...headers,
    'Content-Type': type,
    'Content-Length': String(Buffer.byteLength(body)),
  };
}
