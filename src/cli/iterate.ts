interface Sent {
  readonly sent: number | undefined;
}

/** Merges lists that are sorted newest first into one. What was sent at an unknown time comes last. */
export function mergeNewestFirst<T extends Sent>(
  ...lists: readonly AsyncGenerator<T>[]
): AsyncGenerator<T> {
  return merge((one, other) => sentTime(one) > sentTime(other), lists);
}

/** The same for lists that are sorted oldest first. */
export function mergeOldestFirst<T extends Sent>(
  ...lists: readonly AsyncGenerator<T>[]
): AsyncGenerator<T> {
  return merge((one, other) => sentTime(one) < sentTime(other), lists);
}

function sentTime({ sent = -Infinity }: Sent): number {
  return sent;
}

async function* merge<T>(
  isBefore: (one: T, other: T) => boolean,
  lists: readonly AsyncGenerator<T>[],
): AsyncGenerator<T> {
  const heads = await Promise.all(lists.map(async (list) => ({ list, next: await list.next() })));
  for (;;) {
    let first: { list: AsyncGenerator<T>; next: IteratorResult<T> } | undefined;
    for (const head of heads) {
      if (head.next.done) continue;
      if (first === undefined || isBefore(head.next.value, first.next.value)) first = head;
    }
    if (first === undefined) return;
    yield first.next.value;
    first.next = await first.list.next();
  }
}

/** Groups values into arrays of `size`; the last may be shorter. */
export async function* pagesOf<T>(size: number, all: AsyncIterable<T>): AsyncGenerator<T[]> {
  let page: T[] = [];
  for await (const each of all) {
    page.push(each);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** The first values, and reads no more than these. */
export async function* firstOf<T>(count: number, all: AsyncIterable<T>): AsyncGenerator<T> {
  let left = count;
  for await (const each of all) {
    yield each;
    left -= 1;
    if (left === 0) return;
  }
}

/**
 * The values of all lists, one list after the other. The next lists are begun ahead, so that what they wait for comes
 * meanwhile.
 *
 * @param count how many lists are under way at once
 */
export async function* inOrder<T>(
  count: number,
  lists: AsyncIterable<AsyncGenerator<T>>,
): AsyncGenerator<T> {
  const begun: { list: AsyncGenerator<T>; first: Promise<IteratorResult<T>> }[] = [];
  async function* rest() {
    const next = begun.shift();
    if (next === undefined) return;
    const first = await next.first;
    if (first.done) return;
    yield first.value;
    yield* next.list;
  }
  for await (const list of lists) {
    const first = list.next();
    first.catch(() => undefined); // it is awaited later
    begun.push({ list, first });
    if (begun.length === count) yield* rest();
  }
  while (begun.length > 0) yield* rest();
}
