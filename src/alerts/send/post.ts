import { once } from 'node:events';
import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';

/** How much of an answer is read, in bytes. */
const MAX_BODY = 1_024;

/** What a webhook answered. */
export interface Posted {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Its beginning. */
  readonly body: string;
}

/**
 * Posts JSON. Follows no redirect, and keeps no connection: Lambda may freeze the function until it has broken.
 *
 * @throws Error if there is no answer
 */
export async function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
): Promise<Posted> {
  const request = (url.protocol === 'http:' ? http : https).request(url, {
    method: 'POST',
    agent: false,
    signal,
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'User-Agent': 'deadline-notifications',
      ...headers,
    },
  });
  // The first error rejects below. One that comes after the answer does not matter.
  request.on('error', () => undefined);
  request.end(body);
  const [response] = (await once(request, 'response', { signal })) as [IncomingMessage];
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: await readBeginning(response),
  };
}

/** Where the connection breaks, what came before: the status has said what became of the message. */
async function readBeginning(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= MAX_BODY) break;
    }
  } catch {}
  return Buffer.concat(chunks).subarray(0, MAX_BODY).toString();
}
