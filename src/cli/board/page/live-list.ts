import type { RefObject } from 'preact';
import { useEffect, useReducer, useRef } from 'preact/hooks';
import { type HeldRows, holdRows } from './held-rows.ts';
import { useKeys } from './keys.ts';

/** A list that waits while someone reads it. */
export interface LiveList<T> extends HeldRows<T> {
  /** Whether someone reads it: then its rows stay in their places. */
  readonly isRead: boolean;
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
  const shownAt = useRef(0);
  const isShownNow = useRef(false);
  const askedBefore = useRef(asked);
  const [, redraw] = useReducer((times: number) => times + 1, 0);

  const show = () => {
    isShownNow.current = true;
    redraw(undefined);
  };
  useEffect(() => {
    const list = ref.current;
    if (list === null) return;
    const look = () => redraw(undefined);
    let wasAbove = false;
    const onScroll = () => {
      const isAbove = isTopOutOfSight(list);
      if (wasAbove && !isAbove) show();
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

  useKeys({ '.': show });

  const now = performance.now();
  const isRead = isBeingRead(ref.current);
  const isNewest =
    isShownNow.current ||
    askedBefore.current !== asked ||
    (!isRead && now - shownAt.current >= keepFor);
  if (isNewest) {
    if (keepFor > 0) shownAt.current = now;
    isShownNow.current = false;
    askedBefore.current = asked;
  }
  const held = useHeldRows(newest, keyOf, !isNewest);
  // An order that is kept for some seconds needs no button.
  return { ...held, waiting: isRead ? held.waiting : 0, isRead, ref, show };
}

/** The newest rows; while they are held, those shown before, in their places. */
export function useHeldRows<T>(
  newest: readonly T[],
  keyOf: (row: T) => string,
  isHeld: boolean,
): HeldRows<T> {
  const shown = useRef<readonly T[]>(newest);
  const held = holdRows(isHeld ? shown.current : newest, newest, keyOf);
  shown.current = held.rows.map(({ row }) => row);
  return held;
}

function isBeingRead(list: HTMLElement | null): boolean {
  if (list === null) return false;
  // What was tapped last counts as hovered.
  const isHovered = matchMedia('(hover: hover)').matches && list.matches(':hover');
  return isHovered || list.contains(document.activeElement) || isTopOutOfSight(list);
}

/** Whether the list begins above the window, or below the bars at its top. */
function isTopOutOfSight(list: HTMLElement): boolean {
  const bars = document.querySelector('.bars')?.getBoundingClientRect().bottom ?? 0;
  return scrollY > 0 && list.getBoundingClientRect().top < Math.max(0, bars) - 1;
}
