import type { Piece } from './message-words.ts';

/** How a channel writes one character of a value so that it means nothing. */
export type Escape = (character: string) => string;

/** Escapes a text, and cuts it so that it has at most so many characters as escaped. */
export function escaped(text: string, write: Escape, most: number): string {
  return escapedPieces([{ text, is: 'value' }], write, most);
}

/** Escapes all but our own and the alert's words. */
export function escapedPieces(pieces: readonly Piece[], write: Escape, most: number): string {
  const written = pieces.flatMap(({ text, is }) =>
    Array.from(text, (character) => (is === 'words' ? character : write(character))),
  );
  const whole = written.join('');
  if (whole.length <= most) return whole;
  let kept = '';
  for (const each of written) {
    if (kept.length + each.length > most - 1) break;
    kept += each;
  }
  return `${kept}…`;
}
