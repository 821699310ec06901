import { useState } from 'preact/hooks';
import { useMedia } from './media.ts';

/** The rows of a list that are shown. */
export interface FirstRows<T> {
  readonly shown: readonly T[];
  /** How many more there are. */
  readonly more: number;
  readonly showAll: () => void;
}

/** The first rows of a list, or all if the reader wants to see or to print them. */
export function useFirstRows<T>(rows: readonly T[], first: number): FirstRows<T> {
  const [isAll, setAll] = useState(false);
  const isPrinted = useMedia('print');
  const shown = isAll || isPrinted ? rows : rows.slice(0, first);
  return { shown, more: rows.length - shown.length, showAll: () => setAll(true) };
}
