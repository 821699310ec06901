import { isWithin } from '../src/shared/misspelled.ts';

/** Names of older versions, with what they are called now. */
const RENAMED: Readonly<Record<string, string>> = { redrive: 'allowRedrive (true or false)' };

/**
 * What is wrong with a name that is no setting but was probably meant as one, such as
 * `is unknown (did you mean alarmEmail?)` for `alarmMail`; `undefined` if it resembles none.
 */
export function misspelling(name: string, known: readonly string[]): string | undefined {
  const squeezed = squeeze(name);
  if (Object.hasOwn(RENAMED, squeezed)) return `is now ${RENAMED[squeezed]}`;
  const likeliest = known
    .filter((each) => resembles(squeezed, squeeze(each)))
    .sort((a, b) => edits(squeezed, squeeze(a)) - edits(squeezed, squeeze(b)))[0];
  return likeliest && `is unknown (did you mean ${likeliest}?)`;
}

/** A name without case, hyphens, and underscores. */
function squeeze(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z\d]/g, '');
}

/** The most edits that a misspelling takes. */
const MOST_EDITS = 3;

/** Whether few letters differ, or both begin the same for more than half of the longer. */
function resembles(a: string, b: string): boolean {
  const longer = Math.max(a.length, b.length);
  const begin = [...a].findIndex((letter, index) => letter !== b[index]);
  const common = begin === -1 ? a.length : begin;
  const few = Math.min(MOST_EDITS, Math.floor(longer / 4));
  return isWithin(few, a, b) || (common >= 6 && common > longer / 2);
}

/** How many edits make two names the same; one more than the most, if it takes more. */
function edits(a: string, b: string): number {
  let count = 0;
  while (count <= MOST_EDITS && !isWithin(count, a, b)) count += 1;
  return count;
}
