import { expect, test } from 'vitest';
import { stackWithDeadLetters } from '../../../../support/stack-with-dead-letters.ts';

const { bury, buried, deadLetters, deadLettersAsJson } = await stackWithDeadLetters();

test('shows one with its full text, and leaves all in the queue', async () => {
  const text = `{"broken": "${'x'.repeat(5_000)}\u202e",\n`;
  const id = await bury(text);
  await bury('other');
  const { stdout, stderr, code } = await deadLetters(['show', id]);
  expect(stdout).toMatch(new RegExp(`^message +${id}$`, 'm'));
  expect(stdout).toMatch(/^reason +body: is not JSON/m);
  expect(stdout).toContain(`\n\n{"broken": "${'x'.repeat(5_000)}\\u202e",\n`);
  expect(stdout).not.toContain('other');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(await buried()).toHaveLength(2);
});

test('--json prints its text unchanged', async () => {
  const id = await bury('a\n\u202eb');
  const { objects } = await deadLettersAsJson(['show', id]);
  expect(objects).toEqual([
    expect.objectContaining({ message: id, about: 'unreadable', body: 'a\n\u202eb' }),
  ]);
});

test('reports a missing id', async () => {
  await bury('one');
  const { stdout, stderr, code } = await deadLetters(['show', 'nobody']);
  expect(stdout).toBe('');
  expect(stderr).toBe('There is no dead letter nobody among the 1 that SQS delivered.\n');
  expect(code).toBe(66);
});
