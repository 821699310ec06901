import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { HistoryEntries } from '../../src/cli/aws/history-entries.ts';
import { NotificationRows } from '../../src/cli/aws/notification-rows.ts';
import type { StackOutputs } from '../../src/cli/aws/stack-outputs.ts';
import { BoardState } from '../../src/cli/board/state/board-state.ts';
import { HISTORY_DAYS } from '../../src/shared/setting-values.ts';
import { ReadUnits } from '../read-units.ts';
import type { BoardSettings, TablesAt } from './board-tables.ts';

/** All that the stack can have for the board: the index of what renders, and the history of all. */
export const EVERYTHING: BoardSettings = { rendering: 'on', history: 'all' };

/** A board, and what it reads. */
export interface MeasuredBoard extends AsyncDisposable {
  readonly state: BoardState;
  readonly rows: NotificationRows;
  readonly units: ReadUnits;
}

/**
 * A board of tables, as the command has it.
 *
 * @param clock the time in ms since the epoch, for a board that looks only when it is told to, or asked for something
 *   new; without it, the board has the real time, and looks by itself
 */
export function boardOfTables(
  { region, credentials, names, endpoint }: TablesAt,
  { rendering, history }: BoardSettings,
  clock?: () => number,
): MeasuredBoard {
  const client = new DynamoDBClient({ region, credentials, endpoint, maxAttempts: 2 });
  const units = new ReadUnits(client);
  const now = clock ?? Date.now;
  const stack: StackOutputs = {
    QueueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/DeadlineNotifications',
    DeadLetterQueueUrl: '',
    JobTableName: names.job,
    TaskTableName: names.task,
    HistoryTableName: names.history,
    NewestBy: 'sent_timestamp',
    RetentionDays: undefined,
    EmptyFields: 'keep',
    Rendering: rendering,
    History: history,
    HistoryDays: HISTORY_DAYS,
    Events: 'off',
  };
  const { signal } = new AbortController();
  const rows = new NotificationRows(client, stack, signal, now);
  const state = new BoardState({
    ...{ rows, stack, now, region, stackName: 'DeadlineNotifications' },
    history: history === 'off' ? undefined : new HistoryEntries(client, stack, signal, now),
    ...(clock && { sleep: untilAborted }),
  });
  return {
    ...{ state, rows, units },
    async [Symbol.asyncDispose]() {
      await state[Symbol.asyncDispose]();
      client.destroy();
    },
  };
}

function untilAborted(_ms: number, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
