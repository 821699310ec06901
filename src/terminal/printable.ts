/**
 * A text that can be shown on a terminal whoever wrote it: by their codes what could rewrite or reorder
 * what is on the screen, which are control characters and those of bidirectional text. Line ends and
 * tabs stay.
 */
export function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]|\p{Bidi_Control}/gu, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${code}`;
  });
}

/** A text that can be shown in a line with others: line ends and tabs, too, by their codes. */
export function oneLine(text: string): string {
  return printable(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}
