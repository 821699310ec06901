import type { Handler } from '../../local/event-source.ts';

type Load = () => Promise<{ readonly handler: Handler }>;

/** The sides of the comparison: each is a function for Lambda, loaded in its environment. */
export const SIDES = {
  ours: () => import('../../handler.ts'),
  puts: () => import('./sides/concurrent-puts.ts'),
  powertools: () => import('./sides/powertools.ts'),
  batchWrites: () => import('./sides/batch-writes.ts'),
  floor: () => import('./sides/floor.ts'),
} satisfies Record<string, Load>;
export type Side = keyof typeof SIDES;
