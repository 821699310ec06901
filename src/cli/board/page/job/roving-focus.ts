import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

const ITEM = '[data-rove]';
const ROW = '[data-rove-row]';

/**
 * Makes all items of a place one stop of the tab key, with arrows, Home, and End between them: elements with
 * `data-rove`, in rows with `data-rove-row`.
 *
 * @param onEdge an arrow went beyond the first item (-1) or the last one (1)
 */
export function useRovingFocus(
  place: RefObject<HTMLElement | null>,
  onEdge?: (step: 1 | -1, from: HTMLElement) => void,
): void {
  useEffect(() => {
    const items = itemsOf(place.current);
    if (!items.some((item) => item.tabIndex === 0)) {
      const first = items.find((item) => item.getAttribute('aria-selected') === 'true') ?? items[0];
      if (first) first.tabIndex = 0;
    }
  });
  useEffect(() => {
    const root = place.current;
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || !target.matches(ITEM)) return;
      for (const item of itemsOf(root)) item.tabIndex = item === target ? 0 : -1;
    };
    const onKey = (event: KeyboardEvent) => {
      const { target, key, altKey, ctrlKey, metaKey, shiftKey } = event;
      if (altKey || ctrlKey || metaKey || shiftKey) return;
      if (!(target instanceof HTMLElement) || !target.matches(ITEM)) return;
      const to = neighbor(itemsOf(root), target, key);
      if (to === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      if (typeof to === 'number') onEdge?.(to, target);
      else to.focus();
    };
    root?.addEventListener('focusin', onFocus);
    root?.addEventListener('keydown', onKey);
    return () => {
      root?.removeEventListener('focusin', onFocus);
      root?.removeEventListener('keydown', onKey);
    };
  }, [place, onEdge]);
}

function itemsOf(root: HTMLElement | null): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>(ITEM) ?? [])];
}

/** Where a key goes from an item; a number if that is beyond the first or the last one. */
function neighbor(
  items: readonly HTMLElement[],
  from: HTMLElement,
  key: string,
): HTMLElement | 1 | -1 | undefined {
  const index = items.indexOf(from);
  switch (key) {
    case 'ArrowLeft':
      return items[index - 1] ?? -1;
    case 'ArrowRight':
      return items[index + 1] ?? 1;
    case 'ArrowUp':
      return inRow(items.slice(0, index).toReversed(), from) ?? -1;
    case 'ArrowDown':
      return inRow(items.slice(index + 1), from) ?? 1;
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
  }
  return undefined;
}

/** The item nearest to another one in the next row of those given. */
function inRow(items: readonly HTMLElement[], from: HTMLElement): HTMLElement | undefined {
  const own = from.closest(ROW);
  const row = items.find((item) => item.closest(ROW) !== own)?.closest(ROW);
  const middle = middleOf(from);
  return items
    .filter((item) => item.closest(ROW) === row && row !== undefined)
    .sort((a, b) => Math.abs(middleOf(a) - middle) - Math.abs(middleOf(b) - middle))[0];
}

function middleOf(item: Element): number {
  const { left, width } = item.getBoundingClientRect();
  return left + width / 2;
}
