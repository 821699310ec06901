import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellWord } from '../../../src/terminal/shell-word.ts';

test('a plain word stays as it is', () => {
  const arn = 'arn:aws:sqs:us-east-1:123456789012:London-Deadline';
  expect(shellWord(arn)).toBe(arn);
});

test('a shell reads any text as one word', () => {
  const odd = [
    "it's",
    'a b',
    '$HOME',
    '{"a":["b"]}',
    '',
    '`date`',
    'a\nb',
    '*',
    '~',
    '"\\"',
    '<x>',
  ];
  const script = `printf '%s\\0' ${odd.map(shellWord).join(' ')}`;
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(
    odd.map((text) => `${text}\0`).join(''),
  );
});
