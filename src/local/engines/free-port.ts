import { once } from 'node:events';
import { createServer } from 'node:net';
import { CannotStart } from '../../shared/errors.ts';

/**
 * A TCP port of the loopback interface that nobody listens on.
 *
 * @param wanted the one to check; 0 for any
 * @throws CannotStart when it is taken
 */
export async function freePort(wanted: number): Promise<number> {
  const server = createServer().listen(wanted, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new CannotStart(`Port ${wanted} cannot be listened on: ${(error as Error).message}.`, {
      cause: error,
    });
  }
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
