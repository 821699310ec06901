import { useEffect, useState } from 'preact/hooks';
import { type Route, readRoute, routePath } from './route.ts';

const CHANGED = 'board:route';

/** The state of an entry of the browser's history before which the board has another. */
const WITHIN = 'within the board';

/** Goes to a path of the page. A change of page is a new entry of the browser's history; of a filter or task, it is not. */
export function go(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(WITHIN, '', path);
  else history.replaceState(history.state, '', path);
  dispatchEvent(new Event(CHANGED));
}

/** Goes back to the page before, or to the overview if the reader came from elsewhere. */
export function goBack(): void {
  if (history.state === WITHIN) history.back();
  else go(routePath('overview'), 'replace');
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
    if (!isSamePage) scrollTo(0, 0);
  });
}
