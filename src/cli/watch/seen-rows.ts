import { hash } from 'node:crypto';

/** In ms. */
const MINUTE = 60_000;

/** What a row says. A row that says anything else is another version of it. */
interface Version {
  /** When SQS received its notification, in ms since the epoch. */
  readonly sent: number | undefined;
}

/**
 * Remembers which versions of rows were seen, to show each once. Rows can arrive in any order. Those that were
 * sent longer than `lookBack` before the newest are forgotten, by the minute, which bounds the memory: about 100
 * bytes for each version.
 */
export class SeenRows {
  readonly #lookBack: number;
  readonly #now: () => number;
  readonly #byMinute = new Map<number, Set<string>>();
  #newest = -Infinity;

  /**
   * @param lookBack in ms
   * @param now in ms since the epoch: a row from the future, by a clock that is wrong, is not the newest
   */
  constructor(lookBack: number, now: () => number = Date.now) {
    this.#lookBack = lookBack;
    this.#now = now;
  }

  /** The earliest send time at which every version seen is remembered, in ms since the epoch. */
  get oldest(): number {
    return this.#newest - this.#lookBack;
  }

  /** How many versions are remembered. */
  get size(): number {
    return this.#byMinute.values().reduce((sum, { size }) => sum + size, 0);
  }

  has(version: Version): boolean {
    return this.#byMinute.get(minuteOf(version))?.has(digest(version)) ?? false;
  }

  add(version: Version): void {
    const minute = minuteOf(version);
    const sameMinute = this.#byMinute.get(minute);
    if (sameMinute) sameMinute.add(digest(version));
    else this.#byMinute.set(minute, new Set([digest(version)]));
    this.#newest = Math.max(this.#newest, Math.min(version.sent ?? -Infinity, this.#now()));
    const first = Math.floor(this.oldest / MINUTE);
    for (const each of this.#byMinute.keys()) if (each < first) this.#byMinute.delete(each);
  }
}

function minuteOf({ sent = Infinity }: Version): number {
  return Math.floor(sent / MINUTE);
}

function digest(version: Version): string {
  return hash('sha256', JSON.stringify(version), 'base64');
}
