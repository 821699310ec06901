/**
 * A text that can be shown on a terminal whoever wrote it: control characters, which could rewrite
 * what is on the screen, by their codes. Line ends and tabs stay.
 */
export function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${code}`;
  });
}
