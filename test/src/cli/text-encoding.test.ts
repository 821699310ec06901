import { expect, test } from 'vitest';
import { byteOrderMarkProblem, encodingProblem } from '../../../src/cli/text-encoding.ts';

const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();
const utf32 = (text: string) =>
  Buffer.concat([...text].map((each) => Buffer.from([each.codePointAt(0) ?? 0, 0, 0, 0])));

test.for([
  ['UTF-16', Buffer.from('\ufeff{"a": 1}', 'utf16le')],
  ['UTF-16', Buffer.from('{"a": "夜"}', 'utf16le')],
  ['UTF-16', Buffer.from('\r\n{}', 'utf16le')],
  ['UTF-16', Buffer.from('\ufeff', 'utf16le')],
  ['UTF-16', swapped('\ufeff{"a": 1}')],
  ['UTF-16', swapped('{"a": 1}')],
  ['UTF-32', Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), utf32('{}')])],
  ['UTF-32', utf32('{}')],
  ['UTF-32', utf32('{}').swap32()],
  ['UTF-32', Buffer.concat([Buffer.from([0, 0, 0xfe, 0xff]), utf32('{}').swap32()])],
] as const)('tells %s', ([name, bytes]) => {
  expect(encodingProblem(bytes)).toBe(
    `is ${name}. Save it as UTF-8 (in PowerShell, -Encoding utf8NoBOM).`,
  );
});

test.for([
  Buffer.from('{"a": "é"}', 'latin1'),
  Buffer.from([0x7b, 0x80]),
  Buffer.from('{"a": "é"}').subarray(0, 8),
])('tells that it is not UTF-8: %j', (bytes) => {
  expect(encodingProblem(bytes)).toMatch(/^is not UTF-8 text\. Save it as UTF-8/);
});

test.for(['', '{', '{}', '{"a": "é夜🎬"}', '\ufeff{}', '\0', 'a\0'])(
  'takes UTF-8, whatever it says: %j',
  (text) => {
    expect(encodingProblem(Buffer.from(text))).toBeUndefined();
  },
);

test('tells a byte order mark', () => {
  expect(byteOrderMarkProblem('\ufeff{}')).toMatch(/^begins with a byte order mark/);
  expect(byteOrderMarkProblem('{"\ufeff": 1}')).toBeUndefined();
});
