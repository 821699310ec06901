import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from './free-port.ts';

export interface LoopbackServer extends AsyncDisposable {
  readonly endpoint: string;
}

/**
 * Starts an HTTP server on the loopback interface.
 *
 * @param port the port to listen on; 0 for any that is free
 * @throws CannotStart when the port is taken
 */
export async function startLoopbackServer(
  listener: RequestListener,
  port = 0,
): Promise<LoopbackServer> {
  const server = createServer(listener).listen(await freePort(port), '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
