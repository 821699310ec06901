import { useEffect, useRef, useState } from 'preact/hooks';
import type { Transition } from '../../../shared/history-entry.ts';
import { ask, NoGoodAnswer, NotThere, openFeed } from './api.ts';

/** What the server answered, and how that stands. */
export interface Asked<T> {
  /** Of the path that is asked now; undefined until it came. */
  readonly answer: T | undefined;
  /** When it came, or that there is no such thing, as `performance.now()` has it. */
  readonly gotAt: number;
  /** The server has no such thing. */
  readonly isMissing: boolean;
  /** The server does not answer, or not as it should. */
  readonly isServerGone: boolean;
  /** Then why, in a sentence; empty if there is no server. */
  readonly refusal: string;
  /** What came by the feed since the first answer, newest first. */
  readonly arrived: readonly Transition[];
  readonly askAgain: () => void;
}

/** How often a page is asked for, in ms, whatever the feed says: its status has no transition. */
export interface Pace {
  readonly visible: number;
  readonly hidden: number;
}

const PACE: Pace = { visible: 5000, hidden: 60_000 };
const AFTER_FAILURE = 1000;
/** The shortest time between two questions. */
const AT_MOST = 1000;
const MOST_ARRIVED = 1000;
/** How often it is looked whether the machine slept, and from which pause on it did, in ms. */
const AWAKE_CHECK = 1000;
const ASLEEP = 10_000;

const NOTHING = {
  ...{ answer: undefined, gotAt: 0, isMissing: false, isServerGone: false, refusal: '' },
} as const;

/**
 * Asks for a path: now, when the feed says that something changed, and now and then. An answer that fails leaves the
 * one before.
 *
 * @param job narrows the feed to one job
 */
export function useAsked<T>(
  path: string,
  {
    job,
    onTransition,
    pace = PACE,
  }: {
    readonly job?: string | undefined;
    readonly onTransition?: (transition: Transition) => void;
    readonly pace?: Pace;
  } = {},
): Asked<T> {
  const [asked, setAsked] = useState<Omit<Asked<T>, 'askAgain' | 'arrived'> & { path: string }>({
    ...NOTHING,
    path,
  });
  const [arrived, setArrived] = useState<readonly Transition[]>([]);
  const askNow = useRef<() => void>(() => {});
  const listener = useRef(onTransition);
  listener.current = onTransition;

  useEffect(() => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let askedAt = Number.NEGATIVE_INFINITY;
    let isAsking = false;
    let isWanted = false;

    const schedule = (pause: number) => {
      clearTimeout(timer);
      timer = setTimeout(run, pause);
    };
    const wish = () => {
      isWanted = true;
      if (!isAsking && !document.hidden) {
        schedule(Math.max(0, askedAt + AT_MOST - performance.now()));
      }
    };
    async function run(): Promise<void> {
      if (isAsking) return;
      isAsking = true;
      isWanted = false;
      askedAt = performance.now();
      let pause = document.hidden ? pace.hidden : pace.visible;
      try {
        const answer = await ask<T>(path, controller.signal);
        // Another path is asked for by now.
        if (controller.signal.aborted) return;
        setAsked({ ...NOTHING, path, answer, gotAt: performance.now() });
      } catch (error) {
        if (controller.signal.aborted) return;
        const isMissing = error instanceof NotThere;
        const refusal = error instanceof NoGoodAnswer ? error.message : '';
        if (!isMissing && refusal === '') pause = AFTER_FAILURE;
        setAsked((before) => ({
          ...(before.path === path ? before : { ...NOTHING, path }),
          ...(isMissing && { answer: undefined, gotAt: performance.now() }),
          isMissing,
          isServerGone: !isMissing,
          refusal,
        }));
      }
      isAsking = false;
      schedule(pause);
      if (isWanted) wish();
    }
    const onVisible = () => {
      if (!document.hidden) wish();
    };

    // Timers stand still while the machine sleeps, and the page stays in sight.
    let awakeAt = Date.now();
    const awake = setInterval(() => {
      const now = Date.now();
      if (now - awakeAt > ASLEEP) wish();
      awakeAt = now;
    }, AWAKE_CHECK);

    askNow.current = wish;
    setArrived([]);
    run();
    const close = openFeed(
      { job },
      {
        onTransition(transition) {
          listener.current?.(transition);
          setArrived((before) => [transition, ...before].slice(0, MOST_ARRIVED));
          wish();
        },
        // What changed while it was closed, or that the server is gone.
        onOpen: wish,
      },
    );
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      controller.abort();
      clearTimeout(timer);
      clearInterval(awake);
      close();
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [path, job, pace.visible, pace.hidden]);

  const current = asked.path === path ? asked : NOTHING;
  return { ...current, arrived, askAgain: () => askNow.current() };
}
