import { expect, test } from 'vitest';
import { end } from '../../../../support/process.ts';
import {
  stackWithDeadLetters,
  tooLargeToExpire,
} from '../../../../support/stack-with-dead-letters.ts';

const { bury, buried, renamed, begin } = await stackWithDeadLetters();

async function answering(answer: string, id: string, env?: NodeJS.ProcessEnv) {
  const child = begin(['delete', id], env);
  child.stdin.end(answer);
  return end(child);
}

test.for(['y\n', 'Yes\n'])('after %j it deletes that one, which it has shown', async (answer) => {
  const [id = '', other] = [await bury('one\u009b2J'), await bury('other')];
  const { stdout, stderr, code } = await answering(answer, id);
  expect(stdout).toMatch(new RegExp(`${id} .*unreadable .*body: is not JSON`));
  expect(stdout).toContain('one\\u009b2J\n');
  expect(stderr).toContain('Delete it for good? [y/N]');
  expect(code).toBe(0);
  const left = await buried();
  expect(left.map(({ MessageId }) => MessageId)).toEqual([other]);
});

test.for(['n\n', '\n', ''])('after %j it deletes nothing', async (answer) => {
  const id = await bury('one');
  expect(await answering(answer, id)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Not deleted.'),
  });
  expect(await buried()).toHaveLength(1);
});

test('what it shows is refused for the reason that the stack has', async () => {
  const id = await bury(tooLargeToExpire(crypto.randomUUID()));
  const env = await renamed('DeadlineNotifications', { RetentionDays: '30' });
  const { stdout } = await answering('n\n', id, env);
  expect(stdout).toMatch(/ body: makes an item of 4096\d\d bytes/);
});

test('of an id that is not there it says so', async () => {
  await bury('one');
  expect(await answering('y\n', 'nobody')).toMatchObject({
    code: 1,
    stderr: 'There is no dead letter nobody among the 1 that SQS gave.\n',
  });
  expect(await buried()).toHaveLength(1);
});
