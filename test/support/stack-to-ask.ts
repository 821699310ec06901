import { inject } from 'vitest';
import { deployed } from './deployed-stack.ts';
import { run, start } from './process.ts';
import { startProxy } from './proxy.ts';
import { context, event, record } from './records.ts';
import { type Printed, runInProcess } from './run-cli.ts';

/** A stack whose tables have rows of any time, and the command line that asks them. */
export async function stackToAsk(template = inject('template')) {
  const proxy = await startProxy();
  const stack = await deployed(proxy.endpoint, template);
  const env = (changed: NodeJS.ProcessEnv) => ({
    ...process.env,
    NO_COLOR: undefined,
    FORCE_COLOR: undefined,
    COLUMNS: undefined,
    TERM: 'xterm',
    LC_ALL: 'C.UTF-8',
    TZ: 'Europe/Berlin',
    ...stack.environment,
    ...changed,
  });

  /** Stores notifications that SQS got so many minutes ago. */
  async function happened(
    ...all: readonly (readonly [minutesAgo: number, body: object | string])[]
  ) {
    const now = Date.now();
    const records = all.map(([minutes, body]) => record(body, now - minutes * 60_000));
    const { batchItemFailures } = await stack.handler(event(...records), context());
    if (batchItemFailures.length > 0) throw new Error('a notification was not stored');
  }

  const begin = (args: string[], changed: NodeJS.ProcessEnv = {}) =>
    start('cli', args, env(changed));
  const deadline = (
    args: string[],
    changed: NodeJS.ProcessEnv = {},
    until?: (printed: Printed) => boolean,
  ) => runInProcess(args, env(changed), undefined, until);
  /** What a command prints on a terminal, without colors unless the environment has it otherwise. */
  const onTerminal = (columns: number, args: string[], changed: NodeJS.ProcessEnv = {}) =>
    runInProcess(args, env({ NO_COLOR: '1', ...changed }), columns);
  const deadlineProcess = (args: string[], changed: NodeJS.ProcessEnv = {}) =>
    run('cli', args, env(changed));

  /** What a command prints with `--json`. */
  async function asked(
    args: string[],
    changed: NodeJS.ProcessEnv = {},
  ): Promise<Record<string, unknown>[]> {
    const { stdout } = await deadline([...args, '--json'], changed);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }

  return { ...stack, proxy, env, happened, begin, deadline, onTerminal, deadlineProcess, asked };
}

/** A job that stopped so. */
export function stoppedJob(JobID: string, JobStatus: string, details: object = {}) {
  return {
    JobDetails: { JobID, JobName: `name of ${JobID}`, UserName: 'comp-1', JobStatus, ...details },
    NotificationInfo: { Name: 'JobStoppedNotification', StatusReason: `Job was ${JobStatus}` },
    Timestamp: '2020-08-11T00:59:40.1512266Z',
  };
}

/** A task that is so. */
export function taskIn(JobID: string, TaskID: number, Status: string, details: object = {}) {
  const Name = Status === 'Rendering' ? 'StartedTaskNotification' : 'StoppedTaskNotification';
  return {
    TaskDetails: {
      JobID,
      TaskID,
      Status,
      FrameRange: `${TaskID}-${TaskID}`,
      WorkerName: 'render-01',
      ...details,
    },
    NotificationInfo: { Name, StopReason: `was set to ${Status}` },
    Timestamp: '2020-08-13T20:56:59.1013786Z',
  };
}
