import { setTimeout } from 'node:timers/promises';
import { Connection } from './connection.ts';
import type { Trouble } from './trouble.ts';

const [SECOND, MINUTE] = [1_000, 60_000];
/** What was read longer ago is read again before it is shown, in ms. */
const FRESH = 5 * SECOND;
/** How long someone waits for a look where something is known already, in ms. */
const PATIENCE = 2 * SECOND;
/** How long after someone asked it looks often, in ms. */
const WATCHED = MINUTE;

/** What a loop of looks is made of. */
export interface LoopParts {
  readonly look: () => Promise<void>;
  /** Why a look failed. */
  readonly diagnose: (error: unknown) => Promise<Trouble>;
  /** In ms since the epoch. */
  readonly now: () => number;
  /** Whether clients wait for what comes, without asking. */
  readonly hasListeners: () => boolean;
  /** Waits for so many ms. Rejects if the signal aborts. */
  readonly sleep?: ((ms: number, signal: AbortSignal) => Promise<unknown>) | undefined;
}

/** Looks again and again, as often as someone looks and AWS allows, and one look at a time. */
export class LookLoop {
  /** Counts the looks, failed ones too. */
  version = 0;
  readonly connection: Connection;
  readonly #parts: LoopParts;
  readonly #end = new AbortController();
  readonly #running: Promise<void>;
  #asked: number;
  /** When the last look ended, and until when none is made for who asks. */
  #looked = -Infinity;
  #notBefore = -Infinity;
  #looking: Promise<void> | undefined;
  /** From the end of the last look to the next, in ms. */
  #rest: number;
  #wake = new AbortController();

  constructor(parts: LoopParts) {
    this.#parts = parts;
    this.#asked = parts.now();
    this.connection = new Connection(parts.now);
    this.#rest = this.connection.status.lookEvery;
    this.#running = this.#run();
  }

  /**
   * Tells that someone asked, and looks if that was not done lately. Nobody waits for long: what is known is shown,
   * and what comes is told later.
   *
   * @param isNew whether something is asked for that no look had in mind
   */
  async fresh(isNew: boolean): Promise<void> {
    const now = this.#parts.now();
    const isFirst = this.#looked === -Infinity;
    this.#asked = now;
    // A look that is under way may have begun before.
    if (isNew) await this.#looking;
    if (this.#end.signal.aborted || now < this.#notBefore) return;
    if (!isNew && now - this.#looked < FRESH) return;
    if (isNew || isFirst) return this.look();
    const waited = new AbortController();
    await Promise.race([this.look(), wait(PATIENCE, waited.signal).catch(() => undefined)]);
    waited.abort();
  }

  /** Looks now, or waits for the look that is under way. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
      this.#wake.abort();
    });
    return this.#looking;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    await this.#running;
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { look, diagnose, now, hasListeners } = this.#parts;
    const begun = now();
    try {
      await look();
      const isWatched = hasListeners() || now() - this.#asked < WATCHED;
      this.#rest = restOf(this.connection.answered(isWatched), now() - begun);
      this.#notBefore = -Infinity;
    } catch (error) {
      if (this.#end.signal.aborted) return;
      this.#rest = this.connection.failed(await diagnose(error));
      this.#notBefore = now() + this.#rest;
    }
    this.#looked = now();
    this.version += 1;
  }

  async #run(): Promise<void> {
    const { sleep = wait } = this.#parts;
    while (!this.#end.signal.aborted) {
      this.#wake = new AbortController();
      const signal = AbortSignal.any([this.#end.signal, this.#wake.signal]);
      const isDone = await sleep(this.#rest, signal).then(
        () => true,
        () => false,
      );
      // A look that was asked for meanwhile begins the pause anew.
      if (isDone && !this.#end.signal.aborted) await this.look();
    }
  }
}

/**
 * What is left of a pause (ms) after a look that took so long: it looks as often however long that is, but for no more
 * than half of the time. A clock that jumped meanwhile makes no pause longer.
 */
function restOf(pause: number, took: number): number {
  return Math.min(pause, Math.max(took, pause - took));
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal });
}
