/** The most that SQS takes as one message, in bytes of UTF-8 (API reference, `SendMessage`). */
const MAX_BYTES = 1_048_576;

/** What is in none of the ranges that SQS takes (API reference, `SendMessage`): those of XML 1.0. */
const REFUSED = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Why SQS would not take a text as a message as it is; `undefined` if it would. */
export function problemOfBody(text: string): string | undefined {
  if (text === '') return 'is empty, and SQS takes no empty message';
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BYTES) return `has ${bytes} bytes, and SQS takes ${MAX_BYTES} as a message`;
  const [character] = REFUSED.exec(text) ?? [];
  if (character === undefined) return undefined;
  const code = (character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
  return `has a character that SQS does not take, U+${code}`;
}
