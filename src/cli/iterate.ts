/** Merges lists that are sorted newest first into one. What was sent at an unknown time comes last. */
export async function* mergeNewestFirst<T extends { readonly sent: number | undefined }>(
  ...lists: readonly AsyncGenerator<T>[]
): AsyncGenerator<T> {
  const sentTime = ({ next }: { next: IteratorResult<T> }) => next.value.sent ?? -Infinity;
  const heads = await Promise.all(lists.map(async (list) => ({ list, next: await list.next() })));
  for (;;) {
    let newest: { list: AsyncGenerator<T>; next: IteratorResult<T> } | undefined;
    for (const head of heads) {
      if (head.next.done) continue;
      if (newest === undefined || sentTime(head) > sentTime(newest)) newest = head;
    }
    if (newest === undefined) return;
    yield newest.next.value;
    newest.next = await newest.list.next();
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
