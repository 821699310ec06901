import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { CannotStart } from '../../shared/errors.ts';
import { freePort } from './free-port.ts';

/** The npm package that contains AWS's DynamoDB Local. */
const PACKAGE = 'amplify-dynamodb-simulator';
const HOME = join(import.meta.dirname, '..', '..', '..', 'node_modules', PACKAGE, 'emulator');
/** The package's version of DynamoDB Local, and the Docker image of the same version. */
export const VERSION = '1.25.1';
const IMAGE = `amazon/dynamodb-local:${VERSION}`;
const MIN_JAVA = 17;
/** Time to start, in ms: Docker may have to pull the image. */
const START_TIMEOUT = 120_000;

export interface DynamoDbLocal extends AsyncDisposable {
  readonly endpoint: string;
  /** Rejects if the server exits unexpectedly. */
  readonly ended: Promise<never>;
}

export interface DynamoDbLocalOptions {
  /** The port to listen on; 0 for any that is free. */
  readonly port: number;
  /** Whether all credentials and regions share the same tables. */
  readonly shared: boolean;
  readonly signal: AbortSignal;
}

/**
 * Starts DynamoDB Local in memory, on the loopback interface.
 *
 * @throws CannotStart if there is neither Java nor Docker, the port is taken, or it does not answer
 */
export async function startDynamoDbLocal(options: DynamoDbLocalOptions): Promise<DynamoDbLocal> {
  const port = await freePort(options.port);
  const [command, ...args] = await commandLine(port, options.shared);
  const server = spawn(command, args, {
    // In its own process group, so that Ctrl-C reaches only us: we stop it after everything that uses it.
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stop = () => end(server);

  let said = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2_000);
  });
  const ended = new Promise<never>((_, reject) => {
    const fail = (why: string) =>
      reject(new CannotStart(`DynamoDB Local (${command}) exited.\n${why}`));
    server.once('exit', () => fail(said)).once('error', ({ message }) => fail(message));
  });
  ended.catch(() => undefined); // it may exit when nothing awaits this any more

  const endpoint = `http://127.0.0.1:${port}`;
  const decided = new AbortController();
  try {
    const signal = AbortSignal.any([options.signal, decided.signal]);
    await Promise.race([ended, answering(endpoint, signal)]);
  } catch (error) {
    await stop();
    throw error;
  } finally {
    decided.abort();
  }
  return { endpoint, ended, [Symbol.asyncDispose]: stop };
}

async function commandLine(port: number, shared: boolean): Promise<[string, ...string[]]> {
  if (await hasJava()) return javaCommandLine(port, shared);
  if ((await answers('docker', 'info')) !== undefined) {
    const options = ['-inMemory', ...(shared ? ['-sharedDb'] : [])];
    const publish = `127.0.0.1:${port}:8000`;
    const java = ['-jar', 'DynamoDBLocal.jar', '-disableTelemetry', ...options];
    return ['docker', 'run', '--rm', '--publish', publish, IMAGE, ...java];
  }
  throw new CannotStart(
    `DynamoDB Local needs Java ${MIN_JAVA} or later, or Docker; neither was found. Install a Java ` +
      'runtime (such as https://adoptium.net) so that `java -version` works, or start Docker.',
  );
}

function javaCommandLine(port: number, shared: boolean): [string, ...string[]] {
  const jar = join(HOME, 'DynamoDBLocal.jar');
  if (!existsSync(jar)) {
    throw new CannotStart(
      `DynamoDB Local is missing: ${jar} does not exist. Run \`npm ci\` again.`,
    );
  }
  return [
    'java',
    // Only the quick compiler: it starts faster, and was no slower over 100,000 writes.
    '-XX:TieredStopAtLevel=1',
    `-Djava.library.path=${join(HOME, 'DynamoDBLocal_lib')}`,
    '-classpath',
    [jar, join(HOME, 'DynamoDBLocal_lib', '*')].join(delimiter),
    'org.eclipse.jetty.xml.XmlConfiguration',
    join(import.meta.dirname, 'dynamodb-local.xml'),
    `port=${port}`,
    `shared=${shared}`,
  ];
}

async function hasJava(): Promise<boolean> {
  const version = await answers('java', '-version');
  const [, major = '0'] = /version "(\d+)/.exec(version ?? '') ?? [];
  return Number(major) >= MIN_JAVA;
}

/** A command's output; `undefined` if it does not exist or fails. */
async function answers(command: string, ...args: string[]): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await promisify(execFile)(command, args, { timeout: START_TIMEOUT });
    return stdout + stderr;
  } catch {
    return undefined;
  }
}

/** Waits until an HTTP server answers, with any status. */
async function answering(endpoint: string, signal: AbortSignal): Promise<void> {
  for (const deadline = Date.now() + START_TIMEOUT; Date.now() < deadline; ) {
    signal.throwIfAborted();
    try {
      await fetch(endpoint, { signal });
      return;
    } catch {
      await setTimeout(50, undefined, { signal });
    }
  }
  throw new CannotStart(`DynamoDB Local did not answer within ${START_TIMEOUT / 1_000} s.`);
}

async function end(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  server.kill();
  await once(server, 'exit');
}
