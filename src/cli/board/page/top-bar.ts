import { html } from 'htm/preact';
import { useEffect, useRef } from 'preact/hooks';
import type { WorkersState } from '../state/farm-state.ts';
import { ask } from './api.ts';
import { useKeys } from './keys.ts';
import { go } from './navigation.ts';
import { jobPath, type PageName, routePath } from './route.ts';
import type { Theme } from './theme.ts';

const PAGES = [
  ['overview', 'Overview'],
  ['jobs', 'Jobs'],
  ['workers', 'Workers'],
  ['statistics', 'Statistics'],
] as const;

/** Deadline's ids of jobs: 24 hexadecimal digits. */
const JOB_ID = /^[0-9a-f]{24}$/i;

/** The links to the pages: at the top, or on a phone at the bottom. */
export function Pages({ page, name }: { page: PageName | undefined; name: string }) {
  const current = page === 'job' ? 'jobs' : page;
  return html`<nav class=${name} aria-label="Pages">
    ${PAGES.map(
      ([each, word]) =>
        html`<a href=${routePath(each)} aria-current=${each === current ? 'page' : undefined}>${word}</a>`,
    )}
  </nav>`;
}

/** The bar at the top: name, pages, the field to find a job, theme, keys. */
export function TopBar({
  page,
  text,
  theme,
  onTheme,
  onKeys,
}: {
  page: PageName | undefined;
  /** What the jobs are filtered by. */
  text: string;
  theme: Theme;
  onTheme: () => void;
  onKeys: () => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  // Not its `value`: drawn again each second, that would take away what is being typed.
  useEffect(() => {
    if (field.current !== null) field.current.value = text;
  }, [text]);
  useKeys({ '/': () => field.current?.select() });
  const find = async (event: Event) => {
    event.preventDefault();
    const wanted = field.current?.value.trim() ?? '';
    field.current?.blur();
    if (wanted === '') go(routePath('jobs'));
    else if (JOB_ID.test(wanted)) go(jobPath(wanted.toLowerCase()));
    else if (await isWorker(wanted)) go(routePath('workers', { text: wanted }));
    else go(routePath('jobs', { text: wanted }));
  };
  return html`<div class="top-bar">
    <a class="brand" href="/">
      <${Brand} />
      <b>Deadline Notifications</b>
    </a>
    <${Pages} page=${page} name="pages" />
    <form class="find" role="search" onSubmit=${find}>
      <${Magnifier} />
      <input
        ref=${field}
        type="search"
        aria-label="Find a job by its name, user or id, or a worker"
        placeholder="Job, user, worker or id"
        spellcheck=${false}
        autocomplete="off"
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
    <button type="button" class="icon" onClick=${onTheme} aria-label="Theme: ${theme}" title="Theme: ${theme}">
      <svg viewBox="0 0 14 14" width="0.875rem" height="0.875rem" aria-hidden="true">
        <circle cx="7" cy="7" r="5.6" fill="none" stroke="currentColor" stroke-width="1.4" />
        <path d="M7 1.4a5.6 5.6 0 0 1 0 11.2z" fill="currentColor" />
      </svg>
    </button>
    <button type="button" class="icon keys-button" onClick=${onKeys} aria-label="Keys"><b>?</b></button>
  </div>`;
}

/** Whether a worker has that name; not if the server does not answer. */
async function isWorker(name: string): Promise<boolean> {
  try {
    const { workers } = await ask<WorkersState>('/api/workers');
    return workers.some(({ worker }) => worker.toLowerCase() === name.toLowerCase());
  } catch {
    return false;
  }
}

/** The sign of a field to find or filter. */
export function Magnifier() {
  return html`<svg class="magnifier" viewBox="0 0 14 14" width="0.875rem" height="0.875rem" aria-hidden="true">
    <path d="M6 1.7a4.3 4.3 0 1 1 0 8.6a4.3 4.3 0 0 1 0-8.6M9.2 9.2l3.4 3.4" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" />
  </svg>`;
}

/** The mark of the board: three workers, one of which failed, and one that has just begun. */
export function Brand() {
  return html`<svg class="brand-mark" viewBox="0 0 22 14" width="1.375rem" height="0.875rem" aria-hidden="true">
        <path class="rest-of-it" d="M0 0h4v14H0zM6 0h4v14H6z" /><path class="failed" d="M12 0h4v14h-4z" />
        <path class="rendering" d="M18 7h4v7h-4z" />
      </svg>`;
}
