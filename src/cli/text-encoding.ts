import { isUtf8 } from 'node:buffer';

const BYTE_ORDER_MARK = '\ufeff';

const SAVE_AS_UTF8 = 'Save it as UTF-8 (in PowerShell, -Encoding utf8NoBOM).';

/**
 * How UTF-16 and UTF-32 begin: with a byte order mark, or with two ASCII characters, as JSON does (the
 * method of RFC 4627, section 3).
 */
const BEGINNINGS: readonly (readonly [name: string, bytes: RegExp])[] = [
  ['UTF-32', /^(\xff\xfe\0\0|\0\0\xfe\xff|[^\0]\0\0\0|\0\0\0[^\0])/],
  ['UTF-16', /^(\xff\xfe|\xfe\xff|[^\0]\0[^\0]\0|\0[^\0]\0[^\0])/],
];

/** Why bytes are not UTF-8, and what to do; `undefined` if they are. */
export function encodingProblem(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  const [name] = BEGINNINGS.find(([, beginning]) => beginning.test(start)) ?? [];
  if (name !== undefined) return `is ${name}. ${SAVE_AS_UTF8}`;
  return isUtf8(bytes) ? undefined : `is not UTF-8 text. ${SAVE_AS_UTF8}`;
}

/** What the function would reject for a byte order mark; `undefined` if there is none. */
export function byteOrderMarkProblem(text: string): string | undefined {
  if (!text.startsWith(BYTE_ORDER_MARK)) return undefined;
  return `begins with a byte order mark, which the function rejects. ${SAVE_AS_UTF8}`;
}
