import { expect, inject, test } from 'vitest';
import { always, RECORD } from '../../../../support/function-behind-proxy.ts';
import { serviceError } from '../../../../support/proxy.ts';
import { context, event, record, task } from '../../../../support/records.ts';
import { stackWithDeadLetters } from '../../../../support/stack-with-dead-letters.ts';

const stack = await stackWithDeadLetters(inject('historyTemplate'));
const { proxy, bury, buried, deadLetters, handler, row, historyOf } = stack;

test('writes the entry that the function would have written', async () => {
  const [byCommand, byFunction] = [crypto.randomUUID(), crypto.randomUUID()];
  await bury(task(byCommand, 0));
  expect((await deadLetters(['replay'])).code).toBe(0);
  await handler(event(record(task(byFunction, 0))), context());
  const [replayed] = await historyOf(byCommand);
  const [written] = await historyOf(byFunction);
  const withoutIds = (entry: object = {}) => ({ ...entry, job_id: '', at: '' });
  expect(withoutIds(replayed)).toEqual(withoutIds(written));
});

test('a dead letter whose entry is refused stays, and its row is not written', async () => {
  const jobId = crypto.randomUUID();
  await bury(task(jobId, 0));
  proxy.faultOf = always(RECORD, serviceError('AccessDeniedException'));
  const { stdout, code } = await deadLetters(['replay']);
  expect(stdout).toContain('0 written, 0 not newer than their rows, 1 left.');
  expect(stdout).toContain('history: AccessDeniedException');
  expect(code).toBe(1);
  expect(await buried()).toHaveLength(1);
  expect(await row(jobId, 0)).toBeUndefined();
});
