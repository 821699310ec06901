import fc from 'fast-check';
import { expect, test } from 'vitest';
import { longestOf } from '../../../../src/cli/rendering/rendering-task.ts';

async function* each<T>(all: readonly T[]) {
  yield* all;
}

test('of any tasks, the longest are kept, longest first; those of unknown length come last', async () => {
  const since = fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(fc.array(since), fc.integer({ min: 1, max: 20 }), async (all, most) => {
      const tasks = all.map((since) => ({ since }));
      const longest = await longestOf(each(tasks), most);
      const expected = all.toSorted((a = 99, b = 99) => a - b).slice(0, most);
      expect(longest.map(({ since = 99 }) => since)).toEqual(expected.map((since = 99) => since));
    }),
  );
});
