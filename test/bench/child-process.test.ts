import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runChildProcess } from '../../bench/child-process.ts';
import { startStubEndpoint } from '../../bench/stub-endpoint.ts';

const path = join(import.meta.dirname, '..', '..', 'bench', 'stub-endpoint-process.ts');

test('its signal ends a running child process', async () => {
  const abort = new AbortController();
  const running = runChildProcess(path, { signal: abort.signal });
  setTimeout(() => abort.abort(new Error('enough')), 500);
  await expect(running).rejects.toThrow('enough');
  await expect(runChildProcess(path, { signal: abort.signal })).rejects.toThrow('enough');
});

test('the stub endpoint answers as if all writes succeeded, and exits when disposed of', async () => {
  const stub = await startStubEndpoint(AbortSignal.timeout(10_000));
  const ask = async (operation: string, body: object) => {
    const headers = { 'x-amz-target': `DynamoDB_20120810.${operation}` };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    return (await fetch(stub.endpoint, init)).json();
  };
  expect(await ask('BatchGetItem', {})).toEqual({ Responses: {}, UnprocessedKeys: {} });
  expect(await ask('BatchWriteItem', {})).toEqual({ UnprocessedItems: {} });
  expect(await ask('BatchExecuteStatement', { Statements: [{}, {}] })).toEqual({
    Responses: [{}, {}],
  });
  expect(await ask('CreateTable', {})).toEqual({});
  stub[Symbol.dispose]();
  await expect.poll(() => ask('CreateTable', {}).catch(() => 'gone')).toBe('gone');
});
