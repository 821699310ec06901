import { expect, test } from 'vitest';
import { bodyProblem } from '../../../src/cli/outgoing-message.ts';

test.for([
  ['one character', ' '],
  ['1 MiB of UTF-8', 'é'.repeat(524_288)],
  ['what is at the edges of what SQS takes', '\t\n\r \ud7ff\ue000\ufffd\u{10000}\u{10ffff}'],
] as const)('SQS accepts %s', ([, text]) => {
  expect(bodyProblem(text)).toBeUndefined();
});

test.for([
  ['', 'is empty'],
  [`${'é'.repeat(524_288)}x`, 'has 1048577 bytes; the limit of SQS is 1048576'],
  ['\0', 'U+0000'],
  ['\v', 'U+000B'],
  ['\u001f', 'U+001F'],
  ['\ud800', 'U+D800'],
  ['x\ufffe', 'U+FFFE'],
  ['\uffff', 'U+FFFF'],
] as const)('SQS rejects %j', ([text, problem]) => {
  expect(bodyProblem(text)).toContain(problem);
});
