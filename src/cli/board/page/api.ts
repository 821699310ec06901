import type { Transition } from '../../../shared/history-entry.ts';

/** The server does not have what was asked for, such as a job without rows. */
export class NotThere extends Error {}

/** The server runs, and does not answer as it should; the message is a sentence for the reader. */
export class NoGoodAnswer extends Error {}

/** How long the server may take to answer, in ms: a first look at very many rows takes some seconds. */
const PATIENCE = 30_000;

/**
 * Asks the board's server.
 *
 * @throws {NotThere} if there is no such thing
 * @throws {NoGoodAnswer} if the server refuses, or takes too long
 * @throws {Error} if there is no server
 */
export async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  // `AbortSignal.any` is newer than the browsers that the page is for.
  const controller = new AbortController();
  const end = () => controller.abort();
  const timer = setTimeout(() => controller.abort(new NoGoodAnswer(SILENT)), PATIENCE);
  signal?.addEventListener('abort', end);
  try {
    const response = await fetch(path, { signal: controller.signal });
    if (response.status === 404) throw new NotThere();
    if (!response.ok) throw new NoGoodAnswer(await refusal(response));
    return await response.json();
  } catch (error) {
    throw controller.signal.reason instanceof NoGoodAnswer ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

const SILENT = `The board has not answered for ${PATIENCE / 1000} s. This page asks again.`;

/** The server's own sentence. */
async function refusal(response: Response): Promise<string> {
  const body: { error?: unknown } = await response.json().catch(() => ({}));
  return typeof body.error === 'string'
    ? body.error
    : `The board's server answered ${response.status}.`;
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
