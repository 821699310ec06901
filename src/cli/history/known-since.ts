/** What tells how far back the history knows a job. Times are in ms since the epoch. */
export interface Knowledge {
  /** Whether starts and completions are recorded, not problems only. */
  readonly hasStarts: boolean;
  /** When the job began to render; `undefined` if it is not known. */
  readonly began: number | undefined;
  /** The time of the job's oldest entry; `undefined` if it has none. */
  readonly oldest: number | undefined;
  /** The earliest time of which entries can be there: when the table was created, or for how long it keeps them. */
  readonly earliest: () => Promise<number>;
}

/** How much later than a job's begin the notification of its first start can be, in ms. */
const DELAY = 10 * 60_000;

/**
 * The time since which the history knows a job, in ms since the epoch; `undefined` if it knows it from its begin, or
 * if that cannot be told.
 *
 * Where all is recorded, a job's first start has an entry, unless the history was off. Where problems are, a job
 * without entries may just have had none, so only the table tells. It does not if entries are older than it: messages
 * waited in the queue meanwhile.
 */
export async function knownSince(knowledge: Knowledge): Promise<number | undefined> {
  const { hasStarts, began, oldest, earliest } = knowledge;
  if (began === undefined) return undefined;
  if (hasStarts && oldest !== undefined) return oldest > began + DELAY ? oldest : undefined;
  const since = await earliest();
  return since > began && (oldest ?? Infinity) >= since ? since : undefined;
}
