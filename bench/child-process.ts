import { fork } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';

export interface ChildProcessOptions {
  /** Sent to the process, as `{ task }`. */
  readonly task?: object;
  readonly env?: NodeJS.ProcessEnv;
  readonly execArgv?: string[];
  /** Terminates the process. */
  readonly signal: AbortSignal;
}

/**
 * Runs a module in a separate process, where nothing else uses CPU or memory.
 *
 * @returns the messages that it sent
 */
export async function runChildProcess<Message>(
  path: string,
  { task, signal, ...options }: ChildProcessOptions,
): Promise<Message[]> {
  signal.throwIfAborted();
  const child = fork(path, { ...options, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const kill = () => child.kill(); // with SIGTERM, so that it can clean up
  signal.addEventListener('abort', kill);
  const messages: Message[] = [];
  child.on('message', (message: Message) => messages.push(message));
  if (task) child.send({ task });
  const [code] = await once(child, 'close'); // after its last message
  signal.removeEventListener('abort', kill);
  signal.throwIfAborted();
  if (code !== 0) throw new Error(`${basename(path)} exited with code ${code}.`);
  return messages;
}
