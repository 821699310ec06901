import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A notification as it is sent, with as much of it as the demo looks at. */
export interface Body {
  readonly JobDetails?: { readonly JobID: string };
  readonly TaskDetails?: { readonly JobID: string; readonly TaskID: number };
  readonly NotificationInfo: { readonly Name: string };
  readonly Timestamp: string;
}

export interface DemoMessage {
  readonly what: string;
  /** How long SQS holds it back, in s: the later ones overtake it, with a later send time. */
  readonly delay: number;
  readonly text: string;
  /** What `text` is the JSON of; `undefined` where it is none. */
  readonly body: Body | undefined;
}

/** What a farm, and the network between it and SQS, may send: in this order. */
export async function demoMessages(): Promise<DemoMessage[]> {
  const job = await sample('stopped-job');
  const stopped = await sample('stopped-task');
  const started = await sample('started-task');
  return [
    message('job stopped (documented)', job),
    message('task 0 stopped (documented)', stopped),
    message('task 1 started, delivered after its stop', ofTask(started, 1), 2),
    message('task 1 stopped', ofTask(stopped, 1)),
    message('task 2 started', ofTask(started, 2)),
    message('task 0 stopped, a second time', stopped),
    message('job stopped, a second time', job),
    {
      what: 'a notification cut in half',
      delay: 0,
      text: text(job).slice(0, 300),
      body: undefined,
    },
  ];
}

function message(what: string, body: Body, delay = 0): DemoMessage {
  return { what, delay, text: text(body), body };
}

async function sample(name: string): Promise<Body> {
  const path = join(import.meta.dirname, 'samples', `${name}.json`);
  return JSON.parse(await readFile(path, 'utf8'));
}

function ofTask(body: Body, TaskID: number): Body {
  return { ...body, TaskDetails: { JobID: '', ...body.TaskDetails, TaskID } };
}

function text(body: Body): string {
  return JSON.stringify(body);
}
