import type { IncomingMessage } from 'node:http';
import { type Answer, errorAnswer } from './answer.ts';

/** HTTP's own port, which browsers leave out. */
const HTTP_PORT = 80;

/** Where requests for data go; all else is the page. */
export const API = '/api/';

type Request = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'headersDistinct'>;

/**
 * Why a request is refused: it goes to another host's name, comes from another site's page, would change something, or
 * brings a body.
 *
 * @param port the one that the server listens on
 * @returns `undefined` if it is not
 */
export function refusal(request: Request, port: number): Answer | undefined {
  if (!isForThisHost(request, port)) {
    return errorAnswer(
      403,
      `Open http://127.0.0.1:${port}. Other names are refused, so that no other site can pass for this board. ` +
        `Over SSH, forward the same port: ssh -L ${port}:127.0.0.1:${port} <host>`,
    );
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const allow = { Allow: 'GET, HEAD' };
    return errorAnswer(405, 'The board only reads: use GET or HEAD.', allow);
  }
  if (hasBody(request)) return errorAnswer(413, 'The board takes no body.');
  if (isForeign(request)) {
    return errorAnswer(403, 'Pages of other sites cannot read the board.');
  }
  return undefined;
}

/** With DNS rebinding, a site's own name leads to this machine, but the browser still tells that name. */
function isForThisHost({ headersDistinct: { host = [] } }: Request, port: number): boolean {
  const names = ['127.0.0.1', 'localhost'];
  const hosts = names.map((name) => `${name}:${port}`);
  if (port === HTTP_PORT) hosts.push(...names);
  return host.length === 1 && hosts.includes(host[0]?.toLowerCase() ?? '');
}

/** Whether more comes than its head. */
export function hasBody({ headers }: Pick<Request, 'headers'>): boolean {
  const { 'transfer-encoding': encoding, 'content-length': length = '0' } = headers;
  return encoding !== undefined || Number(length) !== 0;
}

/**
 * Whether a browser sent it for another site's page. Programs tell neither an origin nor a site. An image or a script has
 * no origin, but a site. A link to the page may be anywhere, such as in a colleague's message.
 */
function isForeign({ headers, url = '' }: Request): boolean {
  const { host = '', origin, 'sec-fetch-site': site = 'none' } = headers;
  if (origin !== undefined && origin !== `http://${host.toLowerCase()}`) return true;
  if (site === 'same-origin' || site === 'none') return false;
  const { 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = headers;
  return mode !== 'navigate' || destination !== 'document' || url.startsWith(API);
}
