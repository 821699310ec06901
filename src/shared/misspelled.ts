/** Whether so many edits make two texts the same: inserting, deleting, or replacing a letter, or swapping two. */
export function isWithin(edits: number, a: string, b: string): boolean {
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
