import { expect, test } from 'vitest';
import type { HistoryEntries } from '../../../../../src/cli/aws/history-entries.ts';
import type { NotificationRows } from '../../../../../src/cli/aws/notification-rows.ts';
import { FarmPoller } from '../../../../../src/cli/board/state/farm-poller.ts';
import type { FarmTables } from '../../../../../src/cli/board/state/farm-tables.ts';

const none = async function* () {};

test('a job is held as long as the time that is shown has a stop or a failed task of it, or it renders', async () => {
  const row = (job: string, sent: number) => [job, { job, task: 1, status: 'Failed', sent }];
  const tables = {
    look: async () => [],
    jobOf: () => undefined,
    jobs: new Map([row('stopped', 2_000), row('stopped before', 999)] as never),
    failed: new Map([row('failed', 1_000), row('failed before', 999)] as never),
    rendering: new Map([row('renders', 1)] as never),
  } as unknown as FarmTables;
  const entries = { ofJob: none, ofJobSince: none } as unknown as HistoryEntries;
  const rows = { timedTasks: none } as unknown as NotificationRows;
  const poller = new FarmPoller({
    ...{ tables, entries, rows, level: 'all', hasRendering: true, now: () => 3_000 },
  });
  const look = (toldSince: number) =>
    poller.look({ since: 0, toldSince, open: new Set() }, () => undefined);
  await look(0);
  expect(poller.jobs.size).toBe(5);
  await look(1_000);
  expect([...poller.jobs.keys()].sort()).toEqual(['failed', 'renders', 'stopped']);
});
