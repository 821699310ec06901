import type { RefObject } from 'preact';
import { useEffect, useReducer, useRef } from 'preact/hooks';
import { type HeldRows, holdRows } from './held-rows.ts';
import { useKeys } from './keys.ts';

/** A list that waits while someone reads it. */
export interface LiveList<T> extends HeldRows<T> {
  /** The element that the rows are in. */
  readonly ref: RefObject<HTMLElement | null>;
  /** Shows what waits. */
  readonly show: () => void;
}

/** What a list shows anew, and when. */
export interface LiveListOptions {
  /** How long an order is kept at least, in ms. */
  readonly keepFor?: number;
  /** What the reader asks for: if it changes, the newest rows are shown at once. */
  readonly asked?: string;
}

/** Keeps rows in their places while the pointer or the focus is in their list, or its top is out of sight. */
export function useLiveList<T>(
  newest: readonly T[],
  keyOf: (row: T) => string,
  { keepFor = 0, asked = '' }: LiveListOptions = {},
): LiveList<T> {
  const ref = useRef<HTMLElement | null>(null);
  const shown = useRef<readonly T[]>(newest);
  const shownAt = useRef(0);
  const isShownNow = useRef(false);
  const askedBefore = useRef(asked);
  const [, redraw] = useReducer((times: number) => times + 1, 0);

  useEffect(() => {
    const list = ref.current;
    if (list === null) return;
    const look = () => redraw(undefined);
    let wasAbove = false;
    const onScroll = () => {
      const isAbove = isTopOutOfSight(list);
      if (wasAbove && !isAbove) redraw(undefined);
      wasAbove = isAbove;
    };
    list.addEventListener('pointerleave', look);
    list.addEventListener('focusout', look);
    addEventListener('scroll', onScroll, { passive: true });
    return () => {
      list.removeEventListener('pointerleave', look);
      list.removeEventListener('focusout', look);
      removeEventListener('scroll', onScroll);
    };
  }, []);

  const show = () => {
    isShownNow.current = true;
    redraw(undefined);
  };
  useKeys({ '.': show });

  const now = performance.now();
  const isHeld = isRead(ref.current) || now - shownAt.current < keepFor;
  if (!isHeld || isShownNow.current || askedBefore.current !== asked) {
    if (keepFor > 0) shownAt.current = now;
    isShownNow.current = false;
    askedBefore.current = asked;
    shown.current = newest;
  }
  const held = holdRows(shown.current, newest, keyOf);
  shown.current = held.rows.map(({ row }) => row);
  return { ...held, ref, show };
}

function isRead(list: HTMLElement | null): boolean {
  if (list === null) return false;
  return list.matches(':hover') || list.contains(document.activeElement) || isTopOutOfSight(list);
}

function isTopOutOfSight(list: HTMLElement): boolean {
  return list.getBoundingClientRect().top < 0 && scrollY > 0;
}
