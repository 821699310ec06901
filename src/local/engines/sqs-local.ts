import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildApp } from 'fauxqs';
import { REFUSED_CHARACTER } from '../../shared/sqs-queue.ts';
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
  await takeAllCharacters();
  // `startFauxqs` would listen on all interfaces.
  const server = buildApp({ logger: false });
  const endpoint = await server.listen({ host: '127.0.0.1', port: await freePort(port) });
  return { endpoint, [Symbol.asyncDispose]: () => server.close() };
}

/** The module of fauxqs that says which characters it refuses. */
const CHARACTERS = join(
  ...[import.meta.dirname, '..', '..', '..', 'node_modules'],
  ...['fauxqs', 'dist', 'sqs', 'sqsTypes.js'],
);

/** Makes fauxqs, which refuses characters outside of the basic plane such as emoji, take what SQS takes. */
async function takeAllCharacters(): Promise<void> {
  const { INVALID_MESSAGE_BODY_CHAR } = await import(pathToFileURL(CHARACTERS).href);
  INVALID_MESSAGE_BODY_CHAR.test = (text: string) => REFUSED_CHARACTER.test(text);
}
