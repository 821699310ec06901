/** Splits a list into chunks of `size`; the last may be shorter. */
export function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

/** How much a request takes: at most so many entries, together less than so many bytes. */
export interface RequestLimits {
  readonly entries: number;
  readonly bytes: number;
}

/** Splits entries into requests, in order. An entry that is too large is a request of its own. */
export function requestChunks<T>(
  all: readonly T[],
  limits: RequestLimits,
  size: (entry: T) => number,
): (readonly T[])[] {
  const requests: T[][] = [];
  let bytes = Infinity;
  for (const entry of all) {
    const more = size(entry);
    const request = requests.at(-1);
    if (request && request.length < limits.entries && bytes + more < limits.bytes) {
      request.push(entry);
      bytes += more;
    } else {
      requests.push([entry]);
      bytes = more;
    }
  }
  return requests;
}
