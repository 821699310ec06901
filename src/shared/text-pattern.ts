/** Whether a text fits. */
export type Fits = (text: string) => boolean;

/**
 * Whether texts fit a pattern as a whole, in any case: `*` is any number of any characters, `?` is any one.
 * All others are themselves, brackets and `\` too.
 */
export function textPattern(pattern: string): Fits {
  const wanted = [...withoutCase(pattern)];
  return (text) => fitsPattern(wanted, [...withoutCase(text)]);
}

export function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

/**
 * Takes as little as possible for each star, and more for the last one when the rest does not fit. So it
 * takes at most the product of both lengths, which a regular expression does not.
 */
function fitsPattern(pattern: readonly string[], text: readonly string[]): boolean {
  let [at, next] = [0, 0];
  let star: { readonly next: number; taken: number } | undefined;
  while (at < text.length) {
    if (pattern[next] === '*') {
      next += 1;
      star = { next, taken: at };
    } else if (pattern[next] === '?' || pattern[next] === text[at]) {
      [at, next] = [at + 1, next + 1];
    } else if (star !== undefined) {
      star.taken += 1;
      [at, next] = [star.taken, star.next];
    } else {
      return false;
    }
  }
  return pattern.slice(next).every((each) => each === '*');
}

/** A text in the form in which those that differ only in case, or in how Unicode composes them, are the same. */
function withoutCase(text: string): string {
  // Upper case of lower case: some letters have two of one and only one of the other, such as σ, ς, and Σ.
  return text.normalize().toLowerCase().toUpperCase().normalize();
}
