import { once } from 'node:events';
import { createServer } from 'node:net';
import { CannotStart } from '../../shared/errors.ts';

/**
 * Finds a free TCP port on the loopback interface.
 *
 * @param wanted the port to check; 0 for any
 * @throws CannotStart if it is taken
 */
export async function freePort(wanted: number): Promise<number> {
  const server = createServer().listen(wanted, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new CannotStart(`Cannot listen on port ${wanted}: ${(error as Error).message}.`, {
      cause: error,
    });
  }
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
