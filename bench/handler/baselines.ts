import type { Handler } from '../../src/local/event-source.ts';

type Load = () => Promise<{ readonly handler: Handler }>;

/** The sides of the comparison: each is a function for Lambda, loaded in its environment. */
export const SIDES = {
  ours: () => import('../../src/ingest/handler.ts'),
  puts: () => import('./baselines/put-item.ts'),
  powertools: () => import('./baselines/powertools.ts'),
  batchWrites: () => import('./baselines/batch-write-item.ts'),
  floor: () => import('./baselines/floor.ts'),
} satisfies Record<string, Load>;
export type Side = keyof typeof SIDES;
