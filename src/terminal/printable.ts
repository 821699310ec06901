/**
 * Makes untrusted text safe to show on a terminal: escapes characters that could rewrite or reorder what is
 * on the screen (control and bidirectional formatting characters). Keeps line ends and tabs.
 */
export function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]|\p{Bidi_Control}/gu, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${code}`;
  });
}

/** Makes untrusted text safe to show within a line: escapes line ends and tabs, too. */
export function oneLine(text: string): string {
  return printable(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}
