import type { Handler } from '../../src/local/event-source.ts';

/**
 * The function ("ours") and its baselines, by their names in the results. Each is a Lambda handler that
 * reads its environment when loaded.
 */
export const HANDLERS = {
  ours: () => import('../../src/ingest/handler.ts'),
  PutItem: () => import('./baselines/put-item.ts'),
  Powertools: () => import('./baselines/powertools.ts'),
  BatchWriteItem: () => import('./baselines/batch-write-item.ts'),
  floor: () => import('./baselines/floor.ts'),
} satisfies Record<string, () => Promise<{ readonly handler: Handler }>>;

export type HandlerName = keyof typeof HANDLERS;
export const HANDLER_NAMES = Object.keys(HANDLERS) as HandlerName[];
