import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { type Route, readRoute, routePath } from './route.ts';

const CHANGED = 'board:route';

/** What the board keeps with an entry of the browser's history. */
interface Entry {
  /** Whether the board has another before it. */
  readonly isWithin: boolean;
  /** Where the reader was when they left it: how far down, in px, and at which link. */
  readonly scroll: number;
  readonly link: string | null;
}

/** The place that the reader is to get, until the page is drawn. */
let wanted: Place | undefined;

interface Place extends Pick<Entry, 'scroll' | 'link'> {
  /** Whether the reader comes to another page, and its `main` has no focus yet. */
  isNew: boolean;
  /** As `performance.now()` has it: then the page stays as it is. */
  readonly until: number;
}

/** How long a page may take until it is long enough, in ms. */
const LONG_ENOUGH = 3000;

function want({ scroll = 0, link = null }: Partial<Entry>, isNew: boolean): void {
  wanted = { scroll, link, isNew, until: performance.now() + LONG_ENOUGH };
}

/** The page that is shown, with its filters. */
let shown = '';

function pathShown(): string {
  return location.pathname + location.search;
}

function entry(): Partial<Entry> {
  return (history.state ?? {}) as Partial<Entry>;
}

/** Goes to a path of the page. A change of page is a new entry of the browser's history; of a filter or task, it is not. */
export function go(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') {
    keepPlace();
    history.pushState({ isWithin: true }, '', path);
    want({}, true);
  } else {
    history.replaceState(history.state, '', path);
  }
  shown = pathShown();
  dispatchEvent(new Event(CHANGED));
}

/** Goes back to the page before, or to the overview if the reader came from elsewhere. */
export function goBack(): void {
  if (entry().isWithin) history.back();
  else go(routePath('overview'), 'replace');
}

/** Keeps where the reader is, with the entry that is shown. */
function keepPlace(): void {
  if (wanted !== undefined) return;
  const link = document.activeElement?.closest('a:focus-visible')?.getAttribute('href') ?? null;
  history.replaceState({ ...entry(), scroll: scrollY, link }, '');
}

/** How long after the last scroll the place is kept, in ms: browsers take only some changes of the history a second. */
const STILL = 300;

/** Keeps where the reader is, as long as the page is open; `usePlace` gives it back. To be called once. */
export function keepPlaces(): void {
  history.scrollRestoration = 'manual';
  shown = pathShown();
  if (entry().scroll !== undefined) want({ ...entry(), link: null }, false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(keepPlace, STILL);
  };
  addEventListener('scroll', soon, { passive: true });
  addEventListener('pagehide', keepPlace);
  addEventListener('popstate', () => {
    clearTimeout(timer);
    // Another task of the same page is no other place.
    if (pathShown() !== shown) want(entry(), true);
    shown = pathShown();
  });
  const giveUp = () => {
    wanted = undefined;
  };
  for (const act of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
    addEventListener(act, giveUp, { passive: true, capture: true });
  }
}

/**
 * Gives the reader a place on a page that they come to: at its top with the focus on the whole of it, so that screen
 * readers say which it is; or if they go back, where they left it, with the focus on the link that they followed.
 *
 * @param main the element with the page
 * @param isDrawn whether the page has its answer
 */
export function usePlace(main: RefObject<HTMLElement | null>, isDrawn: boolean): void {
  useLayoutEffect(() => {
    if (wanted?.isNew) {
      wanted.isNew = false;
      main.current?.focus({ preventScroll: true });
    }
    if (wanted === undefined || !isDrawn) return;
    const { scroll, link, until } = wanted;
    scrollTo(0, scroll);
    if (link !== null && document.activeElement === main.current) {
      main.current
        ?.querySelector<HTMLElement>(`a[href="${CSS.escape(link)}"]`)
        ?.focus({ preventScroll: true });
    }
    // A list may get longer with its next page.
    if (Math.abs(scrollY - scroll) < 2 || performance.now() > until) wanted = undefined;
  });
}

/** Where the reader is, newly drawn when that changes. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => readRoute(new URL(location.href)));
  useEffect(() => {
    const read = () => setRoute(readRoute(new URL(location.href)));
    for (const event of [CHANGED, 'popstate', 'hashchange']) addEventListener(event, read);
    return () => {
      for (const event of [CHANGED, 'popstate', 'hashchange']) removeEventListener(event, read);
    };
  }, []);
  return route;
}

/** Follows links of the page without loading it anew, unless the reader wants a tab or a window of its own. */
export function followLinks(): void {
  addEventListener('click', (event) => {
    const { target, button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented } = event;
    if (defaultPrevented || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return;
    const link = target instanceof Element ? target.closest('a') : null;
    if (link === null || link.origin !== location.origin || link.target !== '') return;
    event.preventDefault();
    const isSamePage = link.pathname === location.pathname && link.search === location.search;
    go(link.pathname + link.search + link.hash, isSamePage ? 'replace' : 'push');
  });
}
