import type { Transition } from '../../../shared/history-entry.ts';

/** The server has no such thing, such as a job of which nothing is stored. */
export class NotThere extends Error {}

/**
 * Asks the board's server.
 *
 * @throws {NotThere} if there is no such thing
 * @throws {Error} if the server does not answer, or refuses
 */
export async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, { signal: signal ?? null });
  if (response.status === 404) throw new NotThere();
  if (!response.ok) throw new Error(`The board's server answered ${response.status}.`);
  return await response.json();
}

/** What a feed tells of: one job's transitions, or all. */
export interface FeedFilter {
  readonly job?: string | undefined;
}

/** What is done with a feed. */
export interface FeedListener {
  onTransition(transition: Transition): void;
  /** It is open, or it is not any more; then it is opened again, after a pause that grows to 5 s. */
  onOpen?(isOpen: boolean): void;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5000;

/**
 * Opens the feed of transitions, and again when it breaks: then after the last one that came. Each comes once.
 *
 * @returns closes it
 */
export function openFeed(filter: FeedFilter, listener: FeedListener): () => void {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = FIRST_PAUSE;
  let since: string | undefined;
  const seen = new Set<string>();

  function connect(): void {
    const url = new URL('/feed', location.href);
    url.protocol = 'ws:';
    if (filter.job !== undefined) url.searchParams.set('job', filter.job);
    if (since !== undefined) url.searchParams.set('since', since);
    socket = new WebSocket(url);
    socket.onopen = () => {
      pause = FIRST_PAUSE;
      listener.onOpen?.(true);
    };
    socket.onmessage = ({ data }) => {
      const transition: Transition = JSON.parse(data);
      if (seen.has(transition.id)) return;
      seen.add(transition.id);
      // After a restart of the board, those of the last minutes can come again.
      if (seen.size > 20_000) seen.delete(seen.values().next().value ?? '');
      since = transition.id;
      listener.onTransition(transition);
    };
    socket.onclose = () => {
      listener.onOpen?.(false);
      timer = setTimeout(connect, pause);
      pause = Math.min(LONGEST_PAUSE, 2 * pause);
    };
  }

  connect();
  return () => {
    clearTimeout(timer);
    if (socket !== undefined) socket.onclose = null;
    socket?.close();
  };
}
