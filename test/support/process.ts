import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

const started: ChildProcessWithoutNullStreams[] = [];
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode === null && child.kill()) await once(child, 'exit');
  }
});

/** Starts a command of `bin`; it ends with the test at the latest. */
export function start(
  command: string,
  args: string[] = [],
  env: NodeJS.ProcessEnv = process.env,
  cwd = ROOT,
) {
  const child = spawn(process.execPath, [join(ROOT, 'bin', `${command}.ts`), ...args], {
    cwd,
    env,
    detached: true, // with a process group of its own, as in a terminal
  });
  started.push(child);
  return child;
}

/** What Ctrl-C does in a terminal: it signals all of the process group. */
export function interrupt({ pid = 0 }: ChildProcessWithoutNullStreams) {
  process.kill(-pid, 'SIGINT');
}

/** Waits until a command ends, and reads all that it says. */
export async function end(child: ChildProcessWithoutNullStreams) {
  const exited = once(child, 'exit');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await exited;
  return { stdout, stderr, code };
}

/** Runs a command as a user does, to its end. */
export async function run(...command: Parameters<typeof start>) {
  return end(start(...command));
}
