import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Template } from '../../local/template.ts';
import { environmentOf } from '../environment.ts';
import type { Sample, Task } from './measure.ts';

/** What a process of its own measures, in which nothing else runs. */
export async function samplesOf(
  task: Task,
  template: Template,
  endpoint: string,
  signal: AbortSignal,
): Promise<Sample[]> {
  const child = fork(join(import.meta.dirname, 'measure.ts'), {
    signal,
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: await environmentOf(template, endpoint),
  });
  const found: Sample[] = [];
  child.on('message', (sample: Sample) => found.push(sample));
  child.send(task);
  const [code] = await once(child, 'exit', { signal });
  if (code !== 0) throw new Error(`The handlers ended with ${code}.`);
  return found;
}
