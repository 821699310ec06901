import { expect, test } from 'vitest';
import { screenOf } from '../../../src/terminal/screen.ts';

test.for([
  [120, undefined, 120],
  [0, undefined, 80],
  [undefined, undefined, 80],
  [20, undefined, 60],
  [120, '100', 100],
  [undefined, '200', 200],
  [120, '0', 120],
  [120, '', 120],
  [120, 'wide', 120],
  [120, '-1', 120],
  [120, '40', 60],
] as const)('a terminal of %j columns with COLUMNS=%j is %d wide', ([columns, COLUMNS, width]) => {
  const output = { isTTY: true, ...(columns !== undefined && { columns }) };
  expect(screenOf(output, { COLUMNS }).width).toBe(width);
});

test.for([
  [{}, true],
  [{ LANG: 'en_US.UTF-8' }, true],
  [{ LANG: 'C.utf8' }, true],
  [{ LANG: 'C' }, false],
  [{ LANG: 'de_DE.ISO-8859-1' }, false],
  [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, false],
  [{ LC_ALL: '', LC_CTYPE: 'ja_JP.UTF-8', LANG: 'C' }, true],
] as const)('with %j, UTF-8 is %j', ([env, isUtf8]) => {
  expect(screenOf({}, env).isUtf8).toBe(isUtf8);
});

test.for([
  [true, {}, false, true],
  [false, {}, false, false],
  [true, { NO_COLOR: '1' }, false, false],
  [true, { NO_COLOR: '' }, false, true],
  [true, { TERM: 'dumb' }, false, false],
  [true, {}, true, false],
  [false, { FORCE_COLOR: '1' }, false, true],
  [true, { FORCE_COLOR: '0' }, false, false],
  [true, { FORCE_COLOR: '', NO_COLOR: '1', TERM: 'dumb' }, false, true],
  [true, { FORCE_COLOR: '1' }, true, false],
] as const)(
  'on a terminal (%j), with %j, and --no-color %j, color is %j',
  ([isTTY, env, off, isColored]) => {
    expect(screenOf({ isTTY }, env, off).isColored).toBe(isColored);
  },
);
