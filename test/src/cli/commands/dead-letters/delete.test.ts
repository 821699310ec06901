import { expect, test } from 'vitest';
import { always } from '../../../../support/function-behind-proxy.ts';
import { end } from '../../../../support/process.ts';
import {
  stackWithDeadLetters,
  tooLargeToExpire,
} from '../../../../support/stack-with-dead-letters.ts';

const { sqsProxy, bury, buried, renamed, begin, deadLetters, deadLettersAsJson } =
  await stackWithDeadLetters();

async function answering(answer: string, id: string, env?: NodeJS.ProcessEnv) {
  const child = begin(['delete', id], env);
  child.stdin.end(answer);
  return end(child);
}

test.for(['y\n', 'Yes\n'])('after %j, deletes the message that it has shown', async (answer) => {
  const [id = '', other] = [await bury('one\u009b2J'), await bury('other')];
  const { stdout, stderr, code } = await answering(answer, id);
  expect(stdout).toMatch(new RegExp(`^message +${id}$`, 'm'));
  expect(stdout).toMatch(/^about +unreadable$/m);
  expect(stdout).toMatch(/^reason +body: is not JSON/m);
  expect(stdout).toContain('one\\u009b2J\n');
  expect(stderr).toContain('Permanently delete it? [y/N]');
  expect(code).toBe(0);
  const left = await buried();
  expect(left.map(({ MessageId }) => MessageId)).toEqual([other]);
});

test.for(['n\n', '\n', ''])('after %j, deletes nothing', async (answer) => {
  const id = await bury('one');
  expect(await answering(answer, id)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Nothing was deleted.'),
  });
  expect(await buried()).toHaveLength(1);
});

test('shows the reason according to the rules of the stack', async () => {
  const id = await bury(tooLargeToExpire(crypto.randomUUID()));
  const env = await renamed('DeadlineNotifications', { RetentionDays: '30' });
  const { stdout } = await answering('n\n', id, env);
  expect(stdout).toMatch(/^reason +body: makes an item of 4096\d\d bytes/m);
});

test('reports a missing id, and deletes none of the others', async () => {
  const id = await bury('one');
  const { stderr, code } = await deadLetters(['delete', id, 'nobody', '--yes']);
  expect(stderr).toBe('There is no dead letter nobody among the 1 that SQS delivered.\n');
  expect(code).toBe(66);
  expect(await buried()).toHaveLength(1);
});

test('deletes several after one confirmation', async () => {
  const ids = [await bury('one'), await bury('two')];
  const other = await bury('other');
  const child = begin(['delete', ...ids]);
  child.stdin.end('y\n');
  const { stderr, code } = await end(child);
  expect(stderr).toContain('Permanently delete these 2? [y/N]');
  expect(stderr.match(/Deleted\./g)).toHaveLength(2);
  expect(code).toBe(0);
  expect((await buried()).map(({ MessageId }) => MessageId)).toEqual([other]);
});

test('--yes skips the confirmation, and --json prints the outcome of each', async () => {
  const ids = [await bury('one'), await bury('two')];
  const { objects, stderr, code } = await deadLettersAsJson([
    'delete',
    ...ids,
    ids[0] ?? '',
    '--yes',
  ]);
  expect(objects.map(({ message, about, deleted }) => ({ message, about, deleted }))).toEqual(
    ids.map((message) => ({ message, about: 'unreadable', deleted: true })),
  );
  expect(stderr).not.toContain('[y/N]');
  expect(code).toBe(0);
  expect(await buried()).toEqual([]);
});

test('reports what SQS does not delete', async () => {
  const id = await bury('one');
  sqsProxy.faultOf = always('DeleteMessageBatch', {
    change: () => ({ Successful: [], Failed: [{ Id: id, Code: 'Busy', Message: 'injected' }] }),
  });
  const { stderr, code } = await deadLetters(['delete', id, '--yes']);
  sqsProxy.reset();
  expect(stderr).toBe(`${id} was not deleted: Busy: injected\n`);
  expect(code).toBe(1);
});
