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

/** Whether so many edits make two texts the same: inserting, deleting, or replacing a letter, or swapping two. */
function isWithin(edits: number, a: string, b: string): boolean {
  if (a === b) return true;
  if (edits < 1) return false;
  if (a[0] === b[0]) return isWithin(edits, a.slice(1), b.slice(1));
  const isSwapped = a[0] === b[1] && a[1] === b[0];
  return (
    isWithin(edits - 1, a.slice(1), b) ||
    isWithin(edits - 1, a, b.slice(1)) ||
    isWithin(edits - 1, a.slice(1), b.slice(1)) ||
    (isSwapped && isWithin(edits - 1, a.slice(2), b.slice(2)))
  );
}
