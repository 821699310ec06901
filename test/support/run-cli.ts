import { format } from 'node:util';
import { vi } from 'vitest';

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command printed, and its exit code. */
export interface Ended extends Printed {
  readonly code: number;
}

/**
 * Runs the command line in this process, which is much quicker than one of its own: for all that signals,
 * pipes, terminals and start-up have no part in.
 *
 * @param env all of the environment
 * @param columns of the terminal that standard output is; it is a pipe if not set
 * @param until interrupts it once that is so
 */
export async function runInProcess(
  args: readonly string[],
  env: Readonly<NodeJS.ProcessEnv>,
  columns?: number,
  until?: (printed: Printed) => boolean,
): Promise<Ended> {
  // Anew, as a function that was loaded since has modules of its own, with errors of their own classes.
  const { runCli } = await import('../../src/cli/program.ts');
  const { explain } = await import('../../src/cli/explain.ts');
  const { exitCode } = await import('../../src/terminal/command.ts');
  const never = new AbortController().signal;
  return withEnvironment(env, () =>
    withTerminal(columns, () =>
      interrupted(
        (interrupt) =>
          exitCode((signal, output) => runCli(args, signal, output), explain, interrupt, never),
        until,
      ),
    ),
  );
}

/** What some work prints until it ends or is interrupted, once that is so. */
export async function interrupted(
  work: (signal: AbortSignal) => Promise<number>,
  until?: (printed: Printed) => boolean,
): Promise<Ended> {
  const printed = { stdout: '', stderr: '' };
  const interrupt = new AbortController();
  const timer = until && setInterval(() => until(printed) && interrupt.abort(), 2);
  try {
    return await captured(() => work(interrupt.signal), printed);
  } finally {
    clearInterval(timer);
  }
}

/** Does some work with standard output as a terminal that has so many columns. */
async function withTerminal<T>(columns: number | undefined, work: () => Promise<T>): Promise<T> {
  const { stdout } = process;
  const [isTTY, before] = [stdout.isTTY, stdout.columns];
  Object.assign(stdout, { isTTY: columns !== undefined, columns });
  try {
    return await work();
  } finally {
    Object.assign(stdout, { isTTY, columns: before });
  }
}

/** Does some work with another environment. */
export async function withEnvironment<T>(
  env: Readonly<NodeJS.ProcessEnv>,
  work: () => Promise<T>,
): Promise<T> {
  const own = { ...process.env };
  replaceEnvironment(env);
  try {
    return await work();
  } finally {
    replaceEnvironment(own);
  }
}

/**
 * What some work prints, and the exit code that it gives.
 *
 * @param printed gets what it prints as it does
 */
export async function captured(
  work: () => Promise<number> | number,
  printed = { stdout: '', stderr: '' },
): Promise<Ended> {
  const spies = [
    ...(['stdout', 'stderr'] as const).map((stream) =>
      vi.spyOn(process[stream], 'write').mockImplementation((text) => {
        printed[stream] += String(text);
        return true;
      }),
    ),
    ...(
      [
        ['log', 'stdout'],
        ['error', 'stderr'],
      ] as const
    ).map(([method, stream]) =>
      vi.spyOn(console, method).mockImplementation((...what) => {
        printed[stream] += `${format(...what)}\n`;
      }),
    ),
  ];
  try {
    const code = await work();
    return { ...printed, code };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

function replaceEnvironment(env: Readonly<NodeJS.ProcessEnv>): void {
  for (const name of Object.keys(process.env))
    if (env[name] === undefined) delete process.env[name];
  for (const [name, value] of Object.entries(env))
    if (value !== undefined) process.env[name] = value;
}
