import { loadPage } from '../../src/cli/board/page-bundle.ts';
import { startBoardServer } from '../../src/cli/board/server/board-server.ts';
import { boardOfTables, EVERYTHING } from './board-of-tables.ts';
import type { TablesAt } from './board-tables.ts';

/** What the process is to do: begin with the first, then one after another, each of which it answers. */
export type Order =
  | { readonly tables: TablesAt; readonly now?: number | undefined }
  | { readonly look: number }
  | { readonly memory: true };

/** What the process holds, in bytes. */
export interface Memory {
  /** After garbage collection. */
  readonly heap: number;
  readonly resident: number;
}

/** The served board's process. It exits with its parent. */
const clock = { now: 0 };
let board: ReturnType<typeof boardOfTables> | undefined;

async function obey(order: Order): Promise<unknown> {
  if ('tables' in order) return serve(order);
  if ('look' in order) {
    clock.now = order.look;
    await board?.state.look();
    return {};
  }
  for (let times = 0; times < 3; times += 1) globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed, resident: rss } satisfies Memory;
}

async function serve({ tables, now }: Extract<Order, { tables: unknown }>) {
  clock.now = now ?? 0;
  board = boardOfTables(tables, EVERYTHING, now === undefined ? undefined : () => clock.now);
  const { url } = await startBoardServer({ state: board.state, page: await loadPage(), port: 0 });
  return { url };
}

process.on('message', async (order: Order) => process.send?.(await obey(order)));
process.once('disconnect', () => process.exit());
