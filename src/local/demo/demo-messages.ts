import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobNotification, TaskNotification } from '../../shared/documented-fields.ts';

export type Body = JobNotification | TaskNotification;

export interface DemoMessage {
  readonly what: string;
  /** How long SQS delays it, in s. Later messages, with later send times, overtake it. */
  readonly delay: number;
  readonly text: string;
  /** The notification in `text`; `undefined` if it is malformed. */
  readonly body: Body | undefined;
}

/** What SQS may receive from a farm, in the order of sending. */
export async function demoMessages(): Promise<DemoMessage[]> {
  const job: JobNotification = await sample('stopped-job');
  const stopped: TaskNotification = await sample('stopped-task');
  const started: TaskNotification = await sample('started-task');
  return [
    message('job stopped (documented)', job),
    message('task 0 stopped (documented)', stopped),
    message('task 1 started, delivered after its stop', ofTask(started, 1), 2),
    message('task 1 stopped', ofTask(stopped, 1)),
    message('task 2 started', ofTask(started, 2)),
    message('task 0 stopped, a second time', stopped),
    message('job stopped, a second time', job),
    {
      what: 'a truncated notification',
      delay: 0,
      text: JSON.stringify(job).slice(0, 300),
      body: undefined,
    },
  ];
}

function message(what: string, body: Body, delay = 0): DemoMessage {
  return { what, delay, text: JSON.stringify(body), body };
}

async function sample<T extends Body>(name: string): Promise<T> {
  const path = join(import.meta.dirname, '..', '..', 'shared', 'samples', `${name}.json`);
  return JSON.parse(await readFile(path, 'utf8'));
}

function ofTask(body: TaskNotification, TaskID: number): TaskNotification {
  return { ...body, TaskDetails: { ...body.TaskDetails, TaskID } };
}
