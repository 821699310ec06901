import { styleText } from 'node:util';
import { withoutSymbols } from './symbols.ts';

/** How text is shown where a command prints it. */
export interface Screen {
  /** Whether it is a terminal. Elsewhere, such as in a pipe, programs read. */
  readonly isTerminal: boolean;
  /** In columns. */
  readonly width: number;
  /** Whether characters beyond ASCII can be shown. */
  readonly isUtf8: boolean;
  readonly isColored: boolean;
}

/** In columns: what tables are made for at least, and what a terminal of unknown width has. */
const [LEAST, USUAL] = [60, 80];

/**
 * The screen that an output is.
 *
 * @param isColorOff the user wants no color
 */
export function screenOf(
  { isTTY = false, columns }: { readonly isTTY?: boolean; readonly columns?: number },
  env: NodeJS.ProcessEnv,
  isColorOff = false,
): Screen {
  return {
    isTerminal: isTTY,
    width: Math.max(LEAST, widthOf(env.COLUMNS) ?? (columns || USUAL)),
    isUtf8: isUtf8(env),
    isColored:
      !isColorOff && (isColorForced(env) ?? (isTTY && !env.NO_COLOR && env.TERM !== 'dumb')),
  };
}

function widthOf(columns = ''): number | undefined {
  return /^[1-9]\d{0,4}$/.test(columns) ? Number(columns) : undefined;
}

/** A color or another look, as Node.js calls it. */
export type Style = Parameters<typeof styleText>[0];

/** Colors a text if the screen shows colors. */
export function painted({ isColored }: Screen, style: Style | undefined, text: string): string {
  return isColored && style !== undefined && text !== ''
    ? styleText(style, text, { validateStream: false })
    : text;
}

/** Prints a line to standard output, with its symbols in ASCII if the screen has no others. */
export function printLine({ isUtf8 }: Screen, line: string): void {
  console.log(isUtf8 ? line : withoutSymbols(line));
}

/** POSIX's order of precedence. If none is set, as on Windows, terminals show UTF-8. */
function isUtf8({ LC_ALL, LC_CTYPE, LANG }: NodeJS.ProcessEnv): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG;
  return !locale || /utf-?8/i.test(locale);
}

/** As Node.js takes it: set to anything but `0` or `false`, it forces color. */
function isColorForced({ FORCE_COLOR }: NodeJS.ProcessEnv): boolean | undefined {
  return FORCE_COLOR === undefined ? undefined : !/^(0|false)$/i.test(FORCE_COLOR);
}
