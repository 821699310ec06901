/**
 * What could rewrite, reorder, or hide text on a screen, or end a line for some reader: controls, halves of
 * surrogate pairs, separators of lines and paragraphs, and what is invisible. What joins letters or selects the
 * look of the one before stays, because scripts and emoji need it.
 */
const UNPRINTABLE =
  /[[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]--[\p{Join_Control}\p{Variation_Selector}\n\t]]/gv;

/**
 * Makes untrusted text safe to show on a terminal, by escapes that are those of JSON: printable JSON has the
 * same value. Keeps line ends (LF) and tabs.
 */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** Makes untrusted text safe to show within a line: escapes line ends and tabs, too. */
export function oneLine(text: string): string {
  return printable(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

/** Makes untrusted text safe to show within a line and as wide as it looks: what cannot be shown is a `?`. */
export function masked(text: string): string {
  return text.replaceAll(UNPRINTABLE, '?').replaceAll(/[\n\t]/g, '?');
}

/** Makes untrusted text one value of a line of values that tabs separate: line ends and tabs are blanks. */
export function tabSeparable(text: string): string {
  return masked(text.replaceAll(/\r\n|[\t\n\v\f\r\u0085\u2028\u2029]/g, ' '));
}

/** Makes untrusted text one line without what cannot be shown: line ends and tabs are blanks, the rest is left out. */
export function plainLine(text: string): string {
  return text
    .replaceAll(/\r\n|[\t\n\v\f\r\u0085\u2028\u2029]/g, ' ')
    .replaceAll(UNPRINTABLE, '')
    .replaceAll(/\p{Noncharacter_Code_Point}/gu, '');
}
