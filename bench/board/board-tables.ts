import type { SQSRecord } from 'aws-lambda';
import { EntryTable } from '../../src/ingest/history/entry-table.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { TableClient } from '../../src/ingest/store/table-client.ts';
import type { FarmNotification } from '../../src/local/farm/simulate-farm.ts';
import { synthesize } from '../../src/local/template.ts';
import { chunks } from '../../src/shared/chunks.ts';
import { retryUntil } from '../../src/shared/retry.ts';
import {
  HISTORY_DAYS,
  type HistoryLevel,
  type Rendering,
} from '../../src/shared/setting-values.ts';
import { createStackTables, type StackTables } from '../stack-tables.ts';

/** Records per batch: the stack's default. */
const BATCH_SIZE = 500;

const RULES = {
  newestBy: 'sent_timestamp',
  retentionDays: undefined,
  emptyFields: 'keep',
} as const;

/** The settings that decide what the board reads. */
export interface BoardSettings {
  readonly rendering: Rendering;
  readonly history: HistoryLevel;
}

/** Where tables are, for a board in any process. */
export interface TablesAt extends Pick<StackTables, 'region' | 'credentials' | 'names'> {
  readonly endpoint: string;
}

/** The stack's tables with the settings that the board shows most with, filled by the function's own code. */
export class BoardTables implements Disposable {
  readonly #tables: StackTables;
  readonly #endpoint: string;
  readonly #signal: AbortSignal;

  private constructor(tables: StackTables, endpoint: string, signal: AbortSignal) {
    this.#tables = tables;
    this.#endpoint = endpoint;
    this.#signal = signal;
  }

  /** Creates them, empty, in a DynamoDB on this machine. */
  static async create(endpoint: string, signal: AbortSignal): Promise<BoardTables> {
    const template = await synthesize({ rendering: 'on', history: 'all' });
    return new BoardTables(await createStackTables(template, endpoint), endpoint, signal);
  }

  get at(): TablesAt {
    const { region, credentials, names } = this.#tables;
    return { region, credentials, names, endpoint: this.#endpoint };
  }

  /** @throws {Error} if any is not stored */
  async store(notifications: readonly FarmNotification[]): Promise<void> {
    const { client, names } = this.#tables;
    const retry = retryUntil(this.#signal);
    const table = new EntryTable(client, names.history);
    for (const batch of chunks(notifications, BATCH_SIZE)) {
      const { outcomes } = await ingest(
        batch.map(toRecord),
        new TableClient(client, names),
        { ...RULES, rendering: 'on' },
        retry,
        { level: 'all', days: HISTORY_DAYS, table, retry },
      );
      const lost = outcomes.find((each) => 'reason' in each);
      if (lost) throw new Error(`A notification was not stored: ${lost.reason}`);
    }
  }

  [Symbol.dispose](): void {
    this.#tables.client.destroy();
  }
}

function toRecord({ sent, body }: FarmNotification): SQSRecord {
  const record = { body: JSON.stringify(body), attributes: { SentTimestamp: String(sent) } };
  return record as SQSRecord;
}
