import { isWithin } from '../misspelled.ts';

/** What was probably meant, such as ` (did you mean job-failed?)`; otherwise all there is. */
export function suggestion(text: string, known: readonly string[]): string {
  const meant = [1, 2, 3].flatMap((edits) =>
    known.filter((each) => isWithin(Math.min(edits, each.length / 4), text.toLowerCase(), each)),
  );
  return meant.length > 0 ? ` (did you mean ${meant[0]}?)` : ` (known: ${known.join(', ')})`;
}
