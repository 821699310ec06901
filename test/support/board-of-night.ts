import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import type { Page } from '../../src/cli/board/page-bundle.ts';
import type {
  FeedFilter,
  JobsQuery,
  StatisticsQuery,
} from '../../src/cli/board/server/api-query.ts';
import { startBoardServer } from '../../src/cli/board/server/board-server.ts';
import type { BoardState } from '../../src/cli/board/state/board-state.ts';
import { TransitionFeed, TransitionLog } from '../../src/cli/board/state/transition-feed.ts';
import type { Transition } from '../../src/shared/history-entry.ts';

type Limits = NonNullable<Parameters<typeof startBoardServer>[0]['limits']>;

/** A page of a line for each file. */
const PAGE: Page = new Map(
  Object.entries({
    '/': ['text/html; charset=utf-8', '<!doctype html><script src="/page.js"></script>'],
    '/page.js': ['text/javascript; charset=utf-8', 'document.title = "the board";'],
    '/page.css': ['text/css; charset=utf-8', 'body { margin: 0 }'],
  }).map(([path, [type = '', content]]) => [path, { type, bytes: Buffer.from(content ?? '') }]),
);

export function transition(id: string, at: string, job = 'sq010'): Transition {
  return {
    ...{ id, at, job, task: 1, transition: 'task-failed', status: 'Failed' },
    ...{ reason: '<img onerror=alert(1)>', worker: 'render-01', frames: '1', errors: 1 },
  };
}

/** The board's server before a state that is told what there is, and notes what it is asked. */
export async function boardOfNight(limits: Limits = {}) {
  const asked: unknown[] = [];
  const log = new TransitionLog(50_000);
  const feeds = new Set<TransitionFeed>();
  const faults: { farm?: Error } = {};
  const state = {
    async farm(hours: number) {
      asked.push(['farm', hours]);
      if (faults.farm) throw faults.farm;
      return { hours };
    },
    async jobs(query: JobsQuery) {
      asked.push(['jobs', query]);
      return { jobs: [] };
    },
    async job(id: string) {
      asked.push(['job', id]);
      return id === 'nowhere' ? undefined : { job: { job: id, name: '<img onerror=alert(1)>' } };
    },
    async workers(hours: number) {
      asked.push(['workers', hours]);
      return { workers: [] };
    },
    async statistics(query: StatisticsQuery) {
      asked.push(['statistics', query]);
      return { ...query, clocks: 2n ** 64n - 1n };
    },
    feed(filter: FeedFilter, onTransition: (each: Transition) => void) {
      asked.push(['feed', filter]);
      const feed = new TransitionFeed(filter, onTransition);
      feed.begin(log, log.end);
      feeds.add(feed);
      return { [Symbol.dispose]: () => void feeds.delete(feed) };
    },
  } as unknown as Pick<BoardState, 'farm' | 'jobs' | 'job' | 'workers' | 'statistics' | 'feed'>;
  const server = await startBoardServer({ state, page: PAGE, port: 0, limits });
  const port = Number(new URL(server.url).port);

  /** Sends some text to the server, and gives all that comes until it hangs up. */
  async function raw(sent: string): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    if (sent !== '') socket.write(sent);
    return text(socket);
  }

  const connections: Socket[] = [];
  /** Opens connections that say something, or nothing. */
  async function open(count: number, said = ''): Promise<Socket[]> {
    const opened = Array.from({ length: count }, () => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      if (said !== '') socket.write(said);
      return socket;
    });
    connections.push(...opened);
    await Promise.all(
      opened.map((each) => Promise.race([once(each, 'connect'), once(each, 'close')])),
    );
    return opened;
  }

  const clients: WebSocket[] = [];
  /** A client of the feed, with what it got. */
  async function client(query = '', headers: Record<string, string> = {}) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/feed${query}`, { headers });
    clients.push(socket);
    const got: Transition[] = [];
    socket.on('message', (data) => got.push(JSON.parse(String(data))));
    await once(socket, 'open');
    return { socket, got };
  }

  return {
    ...{ url: server.url, port, asked, faults, raw, open, client },
    get listening() {
      return feeds.size;
    },
    tell(...all: Transition[]) {
      log.add(all);
      for (const feed of feeds) feed.give();
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      for (const each of clients) each.terminate();
      for (const each of connections) each.destroy();
    },
  };
}
