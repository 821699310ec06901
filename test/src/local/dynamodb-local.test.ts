import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { startDynamoDbLocal } from '../../../src/local/engines/dynamodb-local.ts';
import { CannotStart } from '../../../src/shared/errors.ts';

/** How it fails to start with nothing on the path but these commands, and what one of them wrote to `log`. */
async function failsWith(commands: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'path-'));
  try {
    for (const [name, script] of Object.entries(commands)) {
      await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
      await chmod(join(folder, name), 0o755);
    }
    vi.stubEnv('PATH', folder);
    const signal = AbortSignal.timeout(30_000);
    const error = await startDynamoDbLocal({ port: 0, shared: true, signal }).catch((each) => each);
    const log = await readFile(join(folder, 'log'), 'utf8').catch(() => '');
    expect(error).toBeInstanceOf(CannotStart);
    return { message: (error as CannotStart).message, log };
  } finally {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  }
}

test.for([
  ['no Java and no Docker', {}],
  ['an old Java', { java: `echo 'openjdk version "11.0.2"' >&2` }],
  ['a Docker that is not running', { docker: 'exit 1' }],
] as const)('%s: says what to install', async ([, commands]) => {
  const { message } = await failsWith(commands);
  expect(message).toContain('DynamoDB Local needs Java 17 or later, or Docker');
});

test('a Java that is slow to answer, on a busy machine, is waited for', async () => {
  const java = `[ "$1" = -version ] && { sleep 11; echo 'version "17.0.2"'; } || { echo Started >&2; exit 1; }`;
  const { message } = await failsWith({ java, sleep: 'exec /bin/sleep "$@"' });
  expect(message).toContain('DynamoDB Local (java) exited.\nStarted');
});

test('Docker is asked to publish DynamoDB Local on the loopback interface', async () => {
  const docker = `[ "$1" = info ] || { echo "$@" > "\${0%docker}log"; echo 'no such image' >&2; exit 125; }`;
  const { message, log } = await failsWith({ docker });
  expect(log).toMatch(
    /^run --rm --publish 127\.0\.0\.1:\d+:8000 amazon\/dynamodb-local:1\.25\.1 -jar DynamoDBLocal\.jar/,
  );
  expect(message).toContain('DynamoDB Local (docker) exited.\nno such image');
});
