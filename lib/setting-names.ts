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
    .sort((a, b) => distance(squeezed, squeeze(a)) - distance(squeezed, squeeze(b)))[0];
  return likeliest && `is unknown (did you mean ${likeliest}?)`;
}

/** A name without case, hyphens, and underscores. */
function squeeze(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z\d]/g, '');
}

/** Whether few letters differ, or both begin the same for more than half of the longer. */
function resembles(a: string, b: string): boolean {
  const longer = Math.max(a.length, b.length);
  const fewLetters = Math.min(3, Math.floor(longer / 4));
  const begin = [...a].findIndex((letter, index) => letter !== b[index]);
  const common = begin === -1 ? a.length : begin;
  return distance(a, b) <= fewLetters || (common >= 6 && common > longer / 2);
}

/** How many letters to insert, delete, replace, or swap with the next to make one text of the other. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i += 1) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      rows[i]?.push(
        Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + (isSame ? 0 : 1),
          isSwapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(a.length, b.length);
}
