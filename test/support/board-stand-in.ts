import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { loadPage, type Page } from '../../src/cli/board/page-bundle.ts';
import { SECURITY_HEADERS } from '../../src/cli/board/server/security-headers.ts';
import type { Transition } from '../../src/shared/history-entry.ts';

/**
 * What the API answers, by path without query; a function gets the query. An error is a refusal with its message; what
 * is not there is 404.
 */
export type Answers = Record<string, unknown | ((query: URLSearchParams) => unknown)>;

/** Built once for all tests. */
let page: Page | undefined;

/** Serves the board's page with fixed answers, under the server's policy, on a free port or the given one. */
export async function serveBoardOf(answers: Answers, port = 0) {
  page ??= await loadPage();
  const files = page;
  const asked: string[] = [];

  const server = createServer(async ({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const file = files.get(pathname);
    if (file !== undefined) {
      response.setHeader('content-type', file.type);
      response.end(file.bytes);
      return;
    }
    asked.push(url);
    const given = answers[pathname];
    const answer = typeof given === 'function' ? await given(searchParams) : given;
    const isRefused = answer instanceof Error;
    response.statusCode = isRefused ? 500 : answer === undefined ? 404 : 200;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(isRefused ? { error: answer.message } : answer));
  });
  const sockets = new WebSocketServer({ server, path: '/feed' });
  sockets.on('connection', (_, { url = '' }) => asked.push(url));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    /** What was asked of the API, in order, with the feeds. */
    asked,
    /** Tells all who listen. */
    tell(transition: Transition) {
      for (const client of sockets.clients) client.send(JSON.stringify(transition));
    },
    async [Symbol.asyncDispose]() {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
