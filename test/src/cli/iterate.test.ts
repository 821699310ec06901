import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOrder } from '../../../src/cli/iterate.ts';

test('lists come one after the other, some of them begun ahead', async () => {
  const lists = fc.array(fc.array(fc.nat()));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), lists, async (count, all) => {
      let [begun, ended, most] = [0, 0, 0];
      async function* listOf(values: number[]) {
        begun += 1;
        most = Math.max(most, begun - ended);
        yield* values;
        ended += 1;
      }
      async function* every() {
        for (const values of all) yield listOf(values);
      }
      expect(await Array.fromAsync(inOrder(count, every()))).toEqual(all.flat());
      expect(most).toBeLessThanOrEqual(count);
    }),
  );
});

test('a list that fails ahead of its turn does so in its turn', async () => {
  async function* failing() {
    yield await Promise.reject<number>(new Error('later'));
  }
  async function* lists() {
    yield (async function* () {
      yield 1;
    })();
    yield failing();
  }
  const values: number[] = [];
  const read = async () => {
    for await (const value of inOrder(2, lists())) values.push(value);
  };
  await expect(read()).rejects.toThrow('later');
  expect(values).toEqual([1]);
});
