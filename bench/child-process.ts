import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Template } from '../src/local/template.ts';
import { environmentOf } from './function-environment.ts';
import type { Sample, Task } from './handler/measure-process.ts';
import type { Share } from './handler/profile-process.ts';

/** What the processes of this folder are told, and what each of their messages is. */
interface Processes {
  readonly measure: { readonly task: Task; readonly message: Sample };
  readonly profile: { readonly task: null; readonly message: Share };
}

/** Runs one of them, in which nothing else runs, with the function's environment and a DynamoDB. */
export async function runProcess<Name extends keyof Processes>(
  name: Name,
  task: Processes[Name]['task'],
  template: Template,
  endpoint: string,
  signal: AbortSignal,
): Promise<Processes[Name]['message'][]> {
  const child = fork(join(import.meta.dirname, 'handler', `${name}-process.ts`), {
    signal,
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: await environmentOf(template, endpoint),
  });
  const messages: Processes[Name]['message'][] = [];
  child.on('message', (message: Processes[Name]['message']) => messages.push(message));
  child.send({ task });
  const [code] = await once(child, 'close', { signal }); // after its last message
  if (code !== 0) throw new Error(`The process of ${name} ended with ${code}.`);
  return messages;
}
