import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { NotSetUp } from '../../../shared/errors.ts';
import type { Page } from '../page-bundle.ts';
import type { BoardState } from '../state/board-state.ts';
import { type Answer, errorAnswer, send, sendAndHangUp } from './answer.ts';
import { readFeedFilter } from './api-query.ts';
import { answerApi, type BoardAnswers } from './board-api.ts';
import { IdleSockets } from './idle-sockets.ts';
import { API, hasBody, refusal } from './request-check.ts';
import { type FeedLimits, WebSocketFeed } from './websocket-feed.ts';

/** A person, some pages, some scripts. */
const LIMITS = {
  mostClients: 100,
  mostWaiting: 100_000,
  pingEvery: 15_000,
  /** More than may come before the first of them is read: the kernel's queue (511). */
  mostIdle: 512,
  /** More than idle ones, clients, and the kernel's queue together: only then are new ones turned away. */
  mostConnections: 1536,
  /** How long a head may take to come, in ms. */
  headTimeout: 5_000,
  /** How long a connection may stay without a request, in ms. */
  idleTimeout: 10_000,
  /** How long nothing may go either way in a request, in ms: its client does not read, or AWS does not answer. */
  stallTimeout: 60_000,
};
type Limits = FeedLimits & typeof LIMITS;

/** In bytes. Cookies of all other servers on this machine come, too, whatever their ports. */
const MOST_OF_HEAD = 16 * 1024;

/** How long clients have to take note of the end, in ms. */
const FAREWELL = 100;

const FEED = '/feed';

export interface BoardServer extends AsyncDisposable {
  /** Where the page is, such as `http://127.0.0.1:8465`. */
  readonly url: string;
}

/**
 * Serves the board on the loopback interface: the page, what it asks for as JSON, and the feed. It reads no file and no
 * body, and answers only who asks this machine by its name.
 *
 * @param port the port to listen on; 0 for any that is free
 * @throws NotSetUp if it cannot listen there
 */
export async function startBoardServer({
  state,
  page,
  port: wanted,
  limits: given = {},
}: {
  readonly state: BoardAnswers & Pick<BoardState, 'feed'>;
  readonly page: Page;
  readonly port: number;
  readonly limits?: Partial<Limits>;
}): Promise<BoardServer> {
  const limits = { ...LIMITS, ...given };
  const server = createServer({
    maxHeaderSize: MOST_OF_HEAD,
    headersTimeout: limits.headTimeout,
    requestTimeout: limits.headTimeout,
    keepAliveTimeout: limits.idleTimeout,
    connectionsCheckingInterval: limits.headTimeout / 5,
    requireHostHeader: false, // it is checked here, and Node.js's own answer has no policy
  });
  server.maxConnections = limits.mostConnections;
  server.timeout = limits.stallTimeout;
  const port = await listen(server, wanted);
  const feed = new WebSocketFeed(state, limits);
  const sockets = keepFew(server, limits.mostIdle);

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (!request.socket.writable) return; // it follows one that was hung up on
    const refused = refusal(request, port);
    if (refused && hasBody(request)) sendAndHangUp(request.socket, refused, request.method);
    else send(response, refused ?? (await answerTo(request, state, page)));
  };
  server.on('request', answer);
  server.on('checkContinue', answer);
  server.on('checkExpectation', ({ socket }: IncomingMessage) =>
    sendAndHangUp(socket, errorAnswer(417, 'The board does not know what is expected.')),
  );
  server.on('connect', (_, socket) =>
    sendAndHangUp(socket, errorAnswer(405, 'The board is no proxy.', { Allow: 'GET, HEAD' })),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
    sendAndHangUp(socket, errorToAnswer(error)),
  );
  server.on('upgrade', (request, socket, head) => {
    const refused = refusal(request, port);
    if (refused) {
      sendAndHangUp(socket, refused);
      return;
    }
    const [path, parameters] = targetOf(request);
    if (path !== FEED) {
      const text = `There is no WebSocket ${path}. The feed is ws://127.0.0.1:${port}${FEED}.`;
      sendAndHangUp(socket, errorAnswer(404, text));
      return;
    }
    try {
      feed.accept(request, socket, head, readFeedFilter(parameters));
    } catch (error) {
      sendAndHangUp(socket, errorAnswer(400, (error as Error).message));
    }
  });

  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      feed[Symbol.dispose]();
      await Promise.race([closed, setTimeout(FAREWELL)]);
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function answerTo(
  request: IncomingMessage,
  state: BoardAnswers,
  page: Page,
): Promise<Answer> {
  const [path, parameters] = targetOf(request);
  if (path.startsWith(API)) return answerApi(state, path, parameters);
  const file = page.get(path);
  if (file) return { status: 200, type: file.type, body: file.bytes };
  // A reader gets the page, which says so, and leads on.
  const index = page.get('/');
  if (path !== FEED && index && request.headers.accept?.includes('text/html')) {
    return { status: 404, type: index.type, body: index.bytes };
  }
  if (path !== FEED) return errorAnswer(404, `There is no ${path}.`);
  return errorAnswer(426, 'The feed is a WebSocket.', { Upgrade: 'websocket' });
}

/** A request's path as it was sent, nothing resolved in it, and its parameters. */
function targetOf({ url = '' }: IncomingMessage): [path: string, parameters: URLSearchParams] {
  const [path = '', ...query] = url.split('?');
  return [path, new URLSearchParams(query.join('?'))];
}

async function listen(server: Server, wanted: number): Promise<number> {
  try {
    server.listen(wanted, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const found =
      code === 'EADDRINUSE'
        ? `Port ${wanted} is taken: does another board run?`
        : `Port ${wanted} cannot be listened on (${code}).`;
    const fix = 'Choose another with --port, or --port 0 for any that is free.';
    throw new NotSetUp(found, fix, { cause: error });
  }
  return (server.address() as AddressInfo).port;
}

/** All connections, of which few are idle. */
function keepFew(server: Server, mostIdle: number): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  const idle = new IdleSockets(mostIdle);
  server.on('connection', (socket) => {
    sockets.add(socket);
    idle.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      idle.delete(socket);
    });
  });
  server.on('request', ({ socket }, response) => {
    idle.delete(socket);
    response.once('close', () => {
      if (!socket.destroyed) idle.add(socket);
    });
  });
  server.on('upgrade', ({ socket }) => idle.delete(socket));
  return sockets;
}

/** What is answered to what is no request. */
function errorToAnswer({ code }: NodeJS.ErrnoException): Answer {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return errorAnswer(431, 'The head of the request is too long. Delete cookies of 127.0.0.1.');
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return errorAnswer(408, 'The request came too slowly.');
  return errorAnswer(400, 'That is no HTTP request.');
}
