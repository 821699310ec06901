import { expect, test, vi } from 'vitest';
import { standardOutput } from '../../../../src/cli/export/standard-output.ts';

/** Standard output that has no room for more. */
function fullOutput() {
  return vi.spyOn(process.stdout, 'write').mockReturnValue(false);
}

test('waits until standard output has room for more', async () => {
  using write = fullOutput();
  const output = standardOutput({ output: new AbortController().signal });
  let isDone = false;
  const writing = output.write('row').then(() => {
    isDone = true;
  });
  await new Promise(setImmediate);
  expect(isDone).toBe(false);
  process.stdout.emit('drain');
  await writing;
  expect(write).toHaveBeenCalledTimes(1);
});

test('a reader that leaves meanwhile ends it', async () => {
  using write = fullOutput();
  const closed = new AbortController();
  const output = standardOutput({ output: closed.signal });
  const writing = output.write('row');
  const reason = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  closed.abort(reason);
  await expect(writing).rejects.toBe(reason);
  await expect(output.write('another')).rejects.toBe(reason);
  expect(write).toHaveBeenCalledTimes(1);
});
