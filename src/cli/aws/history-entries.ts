import {
  DescribeTableCommand,
  type DynamoDBClient,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  NumberValue,
  paginateQuery,
  paginateScan,
  type QueryCommandInput,
  type QueryCommandOutput,
  type ScanCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { SettingOff } from '../../shared/errors.ts';
import { type HistoryEntry, readEntry } from '../../shared/history-entry.ts';
import { historyJobId } from '../../shared/history-job-id.ts';
import { firstOf } from '../iterate.ts';
import type { TimeSpan } from '../time-span.ts';
import { conditions, filter, isAtLeast, isLessThan, isOneOf } from './query-conditions.ts';
import { rowClient } from './row-client.ts';
import { oldestSent } from './row-lifetime.ts';
import type { StackOutputs } from './stack-outputs.ts';

/** Entries read at once where only the newest are wanted. */
const FEW = 100;

/** The entries of the history, read lazily: one page at a time, none ahead. */
export class HistoryEntries {
  readonly #client: DynamoDBDocumentClient;
  readonly #stack: StackOutputs;
  readonly #table: string;
  readonly #signal: AbortSignal;
  readonly #now: () => number;

  /**
   * @param now the time in ms since the epoch, by which entries expire
   * @throws SettingOff if the stack has no history
   */
  constructor(
    dynamoDb: DynamoDBClient,
    stack: StackOutputs,
    signal: AbortSignal,
    now: () => number = Date.now,
  ) {
    const { History, HistoryTableName } = stack;
    if (History === 'off' || HistoryTableName === undefined) {
      throw new SettingOff(
        'The history is off. Set `history: problems` or `history: all`, and deploy: it begins then.',
      );
    }
    this.#client = rowClient(dynamoDb);
    this.#stack = stack;
    this.#table = HistoryTableName;
    this.#signal = signal;
    this.#now = now;
  }

  /**
   * What is recorded of a job, oldest first.
   *
   * @param tasks only these tasks
   */
  ofJob(job: string, tasks?: readonly string[]): AsyncGenerator<HistoryEntry> {
    const filters = tasks ? [isOneOf('task', tasks.map(exactNumber))] : [];
    return this.#entries(conditions([isJob(job)], filters));
  }

  /** The same from a time (ms since the epoch) on. */
  ofJobSince(job: string, since: number): AsyncGenerator<HistoryEntry> {
    return this.#entries(
      conditions([isJob(job), isAtLeast('at', sortKey(Math.max(0, since)))], []),
    );
  }

  /** What is recorded of a job, newest first. */
  newestOfJob(job: string): AsyncGenerator<HistoryEntry> {
    const newestFirst = { ScanIndexForward: false, Limit: FEW };
    return this.#entries({ ...newestFirst, ...conditions([isJob(job)], []) });
  }

  /** The first that is recorded of a job. */
  async oldestOfJob(job: string): Promise<HistoryEntry | undefined> {
    const some = this.#entries({ Limit: FEW, ...conditions([isJob(job)], []) });
    for await (const entry of firstOf(1, some)) return entry;
    return undefined;
  }

  /**
   * What is recorded of all jobs in a time span, by the notifications' own time; that of a job is oldest first. Reads the
   * whole table, as it has no index by time.
   */
  inSpan(span: TimeSpan): AsyncGenerator<HistoryEntry> {
    return entriesOf(
      paginateScan(
        { client: this.#client },
        { TableName: this.#table, ...entriesIn(span) },
        { abortSignal: this.#signal },
      ),
    );
  }

  /** How large the table is: DynamoDB counts about every six hours. */
  async size(): Promise<{ entries: number; bytes: number }> {
    const { ItemCount = 0, TableSizeBytes = 0 } = await this.#describe();
    return { entries: ItemCount, bytes: TableSizeBytes };
  }

  /**
   * The earliest time of which entries can be there, in ms since the epoch: the table may be younger than they can
   * get.
   */
  async earliest(): Promise<number> {
    const { CreationDateTime } = await this.#describe();
    return Math.max(CreationDateTime?.getTime() ?? 0, this.kept);
  }

  /** The earliest time of which entries are kept, in ms since the epoch. */
  get kept(): number {
    return oldestSent(this.#stack.HistoryDays, this.#now());
  }

  async #describe(): Promise<TableDescription> {
    const command = new DescribeTableCommand({ TableName: this.#table });
    const { Table = {} } = await this.#client.send(command, { abortSignal: this.#signal });
    return Table;
  }

  #entries(query: Omit<QueryCommandInput, 'TableName'>): AsyncGenerator<HistoryEntry> {
    return entriesOf(
      paginateQuery(
        { client: this.#client },
        { TableName: this.#table, ...query },
        { abortSignal: this.#signal },
      ),
    );
  }
}

async function* entriesOf(
  pages: AsyncIterable<QueryCommandOutput | ScanCommandOutput>,
): AsyncGenerator<HistoryEntry> {
  for await (const { Items = [] } of pages) {
    for (const item of Items) {
      const entry = readEntry(item);
      if (entry !== undefined) yield entry;
    }
  }
}

/** What a scan returns: the entries of notifications whose own time is in a time span. */
export function entriesIn({ since, until }: TimeSpan) {
  const end = until === undefined ? [] : [isLessThan('at', sortKey(until))];
  return filter([isAtLeast('at', sortKey(since)), ...end]);
}

/** The beginning of the sort keys of a time, to the ms, which goes before all of them: they are to 100 ns. */
function sortKey(time: number): string {
  return new Date(time).toISOString().slice(0, -1);
}

function isJob(job: string) {
  return isOneOf('job_id', [historyJobId(job)]);
}

/** A task's id as DynamoDB compares it, exactly. */
function exactNumber(text: string): NumberValue {
  return NumberValue.from(text);
}
