import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { jsonLine } from '../../../src/cli/output.ts';

/** Where Python's `str.splitlines()`, Node.js's `readline`, and `wc -l` end a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for
const LINE_END = /[\n\v\f\r\u001c-\u001e\u0085\u2028\u2029]/;

test('an object is one line for every reader, whatever its texts and names are', () => {
  const all = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
  const object = { text: all.join(' '), list: [{ '\u2028\u0085': '\u202e\u{e0041}' }] };
  const line = jsonLine(object);
  // Not `toMatch`, which would print all of it.
  expect(LINE_END.exec(line)).toBeNull();
  expect(/[\p{Cc}\p{Bidi_Control}]/u.exec(line)).toBeNull();
  expect(isDeepStrictEqual(JSON.parse(line), object)).toBe(true);
});

test('times are in UTC, and null if they are none', () => {
  const sent = Date.UTC(2026, 10, 25, 20);
  expect(jsonLine({ sent, started: undefined, left: [{ sent }, { sent: Number.NaN }] })).toBe(
    '{"sent":"2026-11-25T20:00:00.000Z","started":null,"left":[{"sent":"2026-11-25T20:00:00.000Z"},{"sent":null}]}',
  );
});

test('a status that is called as a time is counted, too', () => {
  const tasksByStatus = { started: 3, sent: 1 };
  expect(JSON.parse(jsonLine({ job: 'j', tasksByStatus }))).toEqual({ job: 'j', tasksByStatus });
});
