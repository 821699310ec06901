import { useEffect, useRef, useState } from 'preact/hooks';

const KEPT = 'board:seen';
/** How long the page is in sight until its rows count as seen. */
const SIGHT_MS = 10_000;

/**
 * Until when the reader has seen the rows, in ms since the epoch: those that are newer have an edge, and count in the
 * title. At the first visit all are seen.
 *
 * @param newest the time of the newest row; null if there is none yet
 */
export function useSeen(newest: number | null): number {
  const [seen, setSeen] = useState<number | null>(() => {
    const kept = Number(localStorage.getItem(KEPT) ?? Number.NaN);
    return Number.isNaN(kept) ? null : kept;
  });
  const latest = useRef(newest);
  latest.current = newest;

  useEffect(() => {
    if (seen === null && newest !== null) setSeen(newest);
  }, [seen === null, newest === null]);

  const isUnseen = newest !== null && (seen === null || newest > seen);
  useEffect(() => {
    if (newest !== null && localStorage.getItem(KEPT) === null) {
      localStorage.setItem(KEPT, String(newest));
    }
    if (!isUnseen) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.hidden) return;
      const shown = latest.current ?? 0;
      timer = setTimeout(() => {
        localStorage.setItem(KEPT, String(shown));
        setSeen(shown);
      }, SIGHT_MS);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [isUnseen, seen]);

  return seen ?? Number.POSITIVE_INFINITY;
}
