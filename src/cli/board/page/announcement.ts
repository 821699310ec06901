import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import type { Transition } from '../../../shared/history-entry.ts';
import { counted } from './page-format.ts';

/** The shortest time between two messages, in ms. */
const AT_MOST = 10_000;

const SAID = [
  ['job-failed', 'job', 'failed'],
  ['job-completed', 'job', 'completed'],
  ['task-failed', 'task', 'failed'],
  ['task-requeued', 'task', 'requeued'],
  ['task-completed', 'task', 'completed'],
] as const;

/** What came, for screen readers: `2 jobs failed, 7 tasks completed`. Empty if nothing worth saying did. */
export function announcementOf(transitions: readonly Pick<Transition, 'transition'>[]): string {
  return SAID.map(([name, noun, verb]) => {
    const number = transitions.filter(({ transition }) => transition === name).length;
    return number === 0 ? '' : `${counted(number, noun)} ${verb}`;
  })
    .filter((part) => part !== '')
    .join(', ');
}

/** Says to screen readers what came, politely, and at most every 10 s. */
export function Announcement({ arrived }: { arrived: readonly Transition[] }) {
  const [said, setSaid] = useState({ text: '', newest: undefined as Transition | undefined });
  const newest = arrived[0];
  useEffect(() => {
    if (newest === undefined || newest === said.newest) return;
    const timer = setTimeout(() => {
      const known = said.newest === undefined ? -1 : arrived.indexOf(said.newest);
      const news = known === -1 ? arrived : arrived.slice(0, known);
      setSaid({ text: announcementOf(news), newest });
    }, AT_MOST);
    return () => clearTimeout(timer);
  }, [newest === said.newest, said]);
  return html`<p class="said" role="status">${said.text}</p>`;
}
