import { once } from 'node:events';
import type { WrittenOutput } from '../output-file.ts';
import type { Session } from '../session.ts';

/** Standard output. Writes no faster than it is read. */
export function standardOutput({ output }: Pick<Session, 'output'>): WrittenOutput {
  return {
    async write(chunk) {
      output.throwIfAborted();
      if (process.stdout.write(chunk)) return;
      await once(process.stdout, 'drain', { signal: output }).catch(() => undefined);
      output.throwIfAborted();
    },
    finish: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
}
