import type { Retry } from './retry.ts';
import { isTemporary } from './temporary-error.ts';

/** Why an entry of a request is not where it was put. */
export interface PutFailure {
  /**
   * - `busy`: throttled, out of order, or not reached; put it again
   * - `invalid`: this entry will never be taken
   * - `refused`: no entry is taken, such as without permission
   */
  readonly kind: 'busy' | 'invalid' | 'refused';
  readonly reason: string;
}

/** For each entry, in order, why it was not taken; `undefined` if it was. */
export type PutFailures = readonly (PutFailure | undefined)[];

const NOT_TRIED: PutFailure = { kind: 'busy', reason: 'not tried' };

/**
 * Puts entries somewhere, one request after the other, so that they stay in order. What is not taken is put again
 * without the others. After an entry that stays out, no later request is made.
 *
 * @param requests the entries of each request; no two are the same object
 * @param put makes a request. It must not throw
 * @param retry determines when time is up
 */
export async function putInOrder<Entry>(
  requests: readonly (readonly Entry[])[],
  put: (entries: readonly Entry[], signal: AbortSignal) => Promise<PutFailures>,
  { signal, backoff }: Retry,
): Promise<PutFailures> {
  const failures = new Map<Entry, PutFailure | undefined>(
    requests.flat().map((entry) => [entry, NOT_TRIED]),
  );
  for (const request of requests) {
    let open = request;
    let isRefused = false;
    for (let attempt = 0; open.length > 0 && !isRefused && !signal.aborted; attempt += 1) {
      const answers = await put(open, signal);
      for (const [index, entry] of open.entries()) {
        const failure = answers[index];
        // As time runs out, a request only tells that it was broken off.
        if (isLeft(failure) && attempt > 0 && signal.aborted) continue;
        failures.set(entry, failure);
      }
      open = open.filter((entry) => isLeft(failures.get(entry)));
      isRefused = answers.some((failure) => failure?.kind === 'refused');
      if (open.length > 0 && !isRefused) await backoff(attempt);
    }
    if (open.length > 0) break;
  }
  return [...failures.values()];
}

/** Whether an entry may still be taken. */
export function isLeft(failure: PutFailure | undefined): failure is PutFailure {
  return failure !== undefined && failure.kind !== 'invalid';
}

/** What is asked, and which names of errors mean that it will never take an entry. */
export interface Service {
  readonly name: string;
  readonly invalid: RegExp;
}

/** Makes a request. If it is not valid as a whole, makes one for each entry. What `send` throws becomes failures. */
export async function putTogether<Entry>(
  entries: readonly Entry[],
  send: (entries: readonly Entry[]) => Promise<PutFailures>,
  service: Service,
): Promise<PutFailures> {
  try {
    return await send(entries);
  } catch (error) {
    const failure = requestFailure(error, service);
    if (failure.kind !== 'invalid' || entries.length === 1) return entries.map(() => failure);
    const alone: (PutFailure | undefined)[] = [];
    for (const entry of entries) alone.push(...(await putTogether([entry], send, service)));
    return alone;
  }
}

function requestFailure(error: unknown, service: Service): PutFailure {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === 'AbortError') return { kind: 'busy', reason: `${service.name} has not answered` };
  const kind = service.invalid.test(name) ? 'invalid' : isTemporary(error) ? 'busy' : 'refused';
  return { kind, reason: `${name}: ${message}` };
}
