import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';
import { WebSocketServer } from 'ws';
import { PAGE_PATHS } from '../../src/cli/board/page/route.ts';
import type { Transition } from '../../src/shared/history-entry.ts';

const PAGE = join(import.meta.dirname, '../../src/cli/board/page');
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What the API answers, by path without query; a function gets the query. What is not there is 404. */
export type Answers = Record<string, unknown | ((query: URLSearchParams) => unknown)>;

/** Serves the board's page with fixed answers, under the server's policy, on a free port or the given one. */
export async function serveBoardOf(answers: Answers, port = 0) {
  const bundle = new Map<string, [type: string, text: string | Uint8Array]>([
    ['/page.js', ['text/javascript', builtPage().get('page.js')]],
    ['/page.css', ['text/css', builtPage().get('page.css')]],
    ...Object.values(PAGE_PATHS).map(
      (path) => [path, ['text/html', readFileSync(join(PAGE, 'index.html'))]] as const,
    ),
  ] as [string, [string, string | Uint8Array]][]);
  const asked: string[] = [];

  const server = createServer(({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
    response.setHeader('content-security-policy', POLICY);
    const file = bundle.get(pathname);
    if (file !== undefined) {
      response.setHeader('content-type', `${file[0]}; charset=utf-8`);
      response.end(file[1]);
      return;
    }
    asked.push(url);
    const answer = answers[pathname];
    response.statusCode = answer === undefined ? 404 : 200;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(typeof answer === 'function' ? answer(searchParams) : answer));
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

let built: Map<string, Uint8Array> | undefined;

/** The page's script and style, built once for all tests. */
function builtPage(): Map<string, Uint8Array> {
  built ??= new Map(
    buildSync({
      entryPoints: [join(PAGE, 'page.ts'), join(PAGE, 'page.css')],
      outdir: '/',
      bundle: true,
      format: 'esm',
      target: 'es2022',
      minify: true,
      write: false,
    }).outputFiles.map(({ path, contents }) => [basename(path), contents]),
  );
  return built;
}
