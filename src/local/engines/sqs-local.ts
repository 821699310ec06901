import { buildApp } from 'fauxqs';
import { freePort } from './free-port.ts';

export interface SqsLocal extends AsyncDisposable {
  readonly endpoint: string;
}

/**
 * Starts an in-memory SQS endpoint in this process, on the loopback interface.
 *
 * @param port the port to listen on; 0 for any that is free
 * @throws CannotStart if the port is taken
 */
export async function startSqsLocal(port: number): Promise<SqsLocal> {
  // `startFauxqs` would listen on all interfaces.
  const server = buildApp({ logger: false });
  const endpoint = await server.listen({ host: '127.0.0.1', port: await freePort(port) });
  return { endpoint, [Symbol.asyncDispose]: () => server.close() };
}
