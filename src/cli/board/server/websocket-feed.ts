import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Transition } from '../../../shared/history-entry.ts';
import type { BoardState } from '../state/board-state.ts';
import { errorAnswer, sendAndHangUp } from './answer.ts';
import type { FeedFilter } from './api-query.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** What clients say is ignored, and more than this many bytes at once ends their connection. */
const MOST_SAID = 1024;

/** How many bytes are handed to a connection at once, to wait there until its client reads. */
const AT_ONCE = 64 * 1024;

/** WebSocket's close code for a server that ends (RFC 6455, 7.4.1). */
const GOING_AWAY = 1001;

export interface FeedLimits {
  /** How many clients there may be at once. */
  readonly mostClients: number;
  /** How many transitions wait for a client at most, in all that it has not read: one that reads slower is dropped. */
  readonly mostWaiting: number;
  /** A client that has not answered a ping when the next is due is dropped, in ms. */
  readonly pingEvery: number;
}

/** Sends transitions to clients of WebSockets, each as a message in JSON. */
export class WebSocketFeed implements Disposable {
  readonly #state: Pick<BoardState, 'feed'>;
  readonly #limits: FeedLimits;
  readonly #server: WebSocketServer;
  readonly #pings: NodeJS.Timeout;
  /** Clients that have not answered the last ping. */
  #silent = new Set<WebSocket>();

  constructor(state: Pick<BoardState, 'feed'>, limits: FeedLimits) {
    this.#state = state;
    this.#limits = limits;
    this.#server = new WebSocketServer({ noServer: true, maxPayload: MOST_SAID });
    this.#server.on('headers', (headers) => {
      for (const [name, value] of Object.entries(SECURITY_HEADERS))
        headers.push(`${name}: ${value}`);
    });
    this.#server.on('wsClientError', ({ message }, socket) => {
      sendAndHangUp(socket, errorAnswer(400, `${message}.`));
    });
    this.#pings = setInterval(() => this.#ping(), limits.pingEvery);
  }

  /** Makes a connection that asks for it a client, unless there are too many. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, filter: FeedFilter): void {
    const { mostClients } = this.#limits;
    if (this.#server.clients.size >= mostClients) {
      const text = `${mostClients} clients read the feed already. Close some pages or scripts.`;
      sendAndHangUp(socket, errorAnswer(503, text));
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (client) => this.#feed(client, filter));
  }

  #feed(client: WebSocket, filter: FeedFilter): void {
    client.on('error', () => client.terminate());
    client.on('pong', () => this.#silent.delete(client));
    const waiting = new Waiting(client);
    const feed = this.#state.feed(filter, (transition) => {
      waiting.add(transition);
      if (waiting.size > this.#limits.mostWaiting) client.terminate();
    });
    client.once('close', () => {
      this.#silent.delete(client);
      feed[Symbol.dispose]();
    });
  }

  #ping(): void {
    for (const client of this.#silent) client.terminate();
    this.#silent = new Set(this.#server.clients);
    for (const client of this.#silent) client.ping();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#pings);
    for (const client of this.#server.clients) client.close(GOING_AWAY, 'The board was stopped.');
  }
}

/** What a client is to be told, each in its turn and as fast as it reads. */
class Waiting {
  readonly #client: WebSocket;
  #all: Transition[] = [];
  /** How many of these are told. */
  #told = 0;

  constructor(client: WebSocket) {
    this.#client = client;
  }

  get size(): number {
    return this.#all.length - this.#told;
  }

  add(transition: Transition): void {
    this.#all.push(transition);
    this.#tell();
  }

  readonly #tell = (): void => {
    while (this.#client.readyState === this.#client.OPEN && this.#client.bufferedAmount < AT_ONCE) {
      const next = this.#all[this.#told];
      if (next === undefined) {
        [this.#all, this.#told] = [[], 0];
        return;
      }
      this.#told += 1;
      this.#client.send(JSON.stringify(next), this.#tell);
    }
  };
}
