import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { HistoryEntries } from '../../src/cli/aws/history-entries.ts';
import { NotificationRows } from '../../src/cli/aws/notification-rows.ts';
import type { StackOutputs } from '../../src/cli/aws/stack-outputs.ts';
import { type BoardParts, BoardState } from '../../src/cli/board/state/board-state.ts';
import { ReadMeter } from '../../src/cli/board/state/read-meter.ts';
import { loadFarm } from '../../src/local/farm/load-farm.ts';
import type { FarmNotification } from '../../src/local/farm/simulate-farm.ts';
import type { Template } from '../../src/local/template.ts';
import type { HistoryLevel } from '../../src/shared/setting-values.ts';
import { historyAt } from './history-at.ts';
import { loadFunction } from './load-function.ts';
import { startProxy } from './proxy.ts';
import { emptyTables, HISTORY, JOBS, TASKS } from './test-tables.ts';

/** A template with the setting `rendering` on, and a history. */
function withRendering(level: HistoryLevel): Template {
  const template = historyAt(level);
  const { Resources } = inject('renderingTemplate');
  for (const [id, resource] of Object.entries(Resources)) {
    const ours = template.Resources[id];
    if (resource.Type === 'AWS::DynamoDB::GlobalTable') Object.assign(ours ?? {}, resource);
    const { Variables } = (ours?.Properties.Environment ?? {}) as { Variables?: object };
    if (Variables && 'NEWEST_BY' in Variables) Object.assign(Variables, { RENDERING: 'on' });
  }
  return template;
}

/** Tables that a night is stored in, and boards that read them. Their clock is `clock.now`, in ms since the epoch. */
export async function boardNight(level: HistoryLevel = 'all') {
  const template =
    level === 'off' ? structuredClone(inject('renderingTemplate')) : withRendering(level);
  const { environment, client } = await emptyTables(undefined, template);
  const handler = await loadFunction(environment);
  const proxy = await startProxy();
  const clock = { now: 0 };
  const now = () => clock.now;
  const stack = {
    ...{ JobTableName: JOBS, TaskTableName: TASKS, HistoryTableName: HISTORY },
    ...{ QueueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/DeadlineNotifications' },
    ...{ RetentionDays: undefined, HistoryDays: 30, History: level, Rendering: 'on' },
  } as unknown as StackOutputs;
  const { signal } = new AbortController();

  /** A board that looks only when it is told to, or asked for something new. */
  function board(changed: Partial<BoardParts> = {}) {
    const { region, credentials } = client.config;
    const reader = new DynamoDBClient({
      ...{ region, credentials, endpoint: proxy.endpoint, maxAttempts: 1 },
    });
    const meter = new ReadMeter(now);
    meter.attach(reader);
    const history = level === 'off' ? undefined : new HistoryEntries(reader, stack, signal, now);
    return new BoardState({
      ...{ stack, history, now, stackName: 'DeadlineNotifications', region: 'us-east-1' },
      rows: new NotificationRows(reader, stack, signal, now),
      unitsPerHour: () => meter.unitsPerHour,
      sleep: never,
      ...changed,
    });
  }

  return {
    ...{ board, clock, proxy, client },
    store: (notifications: readonly FarmNotification[]) => loadFarm(notifications, handler),
  };
}

function never(_ms: number, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
