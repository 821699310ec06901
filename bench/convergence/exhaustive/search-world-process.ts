import type { NewestBy } from '../../../src/shared/setting-values.ts';
import { type Bounds, searchWorld, type WorldResult } from './search-world.ts';
import { WORLDS } from './worlds.ts';

/** The world to search, by its name. */
export interface Task {
  readonly world: string;
  readonly newestBy: NewestBy;
  readonly bounds: Bounds;
}

/** What was found, as JSON: large numbers are texts. */
export type Found = Omit<WorldResult, 'all' | 'wrong'> & Record<'all' | 'wrong', string>;

// Searches one world for its parent process, and ends.
process.once('message', async ({ task }: { readonly task: Task }) => {
  const world = WORLDS.find(({ name }) => name === task.world);
  if (!world) throw new Error(`There is no world '${task.world}'.`);
  const { signal } = new AbortController();
  const { all, wrong, ...others } = await searchWorld(world, task.newestBy, task.bounds, signal);
  const found: Found = { ...others, all: String(all), wrong: String(wrong) };
  process.send?.(found, () => process.disconnect());
});
