import { isWithin } from '../shared/misspelled.ts';

/** Letters that a word has to share with another to be a form of it, such as `Failure` of `Failed`. */
const STEM = 4;

/** The known words that someone may have meant by another, in any case: abbreviated, inflected, or mistyped. */
export function resembling(word: string, known: readonly string[]): string[] {
  const written = word.toLowerCase();
  return known.filter((each) => {
    const whole = each.toLowerCase();
    const abbreviated = whole.slice(0, written.length);
    return (
      whole.startsWith(written.slice(0, STEM)) ||
      [whole, abbreviated].some((other) => isWithin(other.length / 4, written, other))
    );
  });
}
