import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { retryUntil } from '../../ingest/store/retry.ts';
import { DeadlineNotificationsError } from '../../shared/errors.ts';
import { FAILED, INDEXES, SORT_KEY } from '../../shared/indexes.ts';
import type { Kind } from '../../shared/kinds.ts';
import { COMPLETED } from '../status.ts';
import {
  beginsWith,
  type Condition,
  conditions,
  isAtLeast,
  isNot,
  isOneOf,
} from './query-conditions.ts';
import {
  type JobSummary,
  jobSummary,
  type Row,
  type TaskSummary,
  taskSummary,
} from './row-summary.ts';
import { type StackOutputs, tableName } from './stack-outputs.ts';

/** The partition of the job index that is queried: Deadline's only documented job notification. */
export const JOB_STOPPED = 'JobStoppedNotification';

/** Pages of the job index that are looked through for an id, at most: some 17,000 jobs. */
const MAX_PAGES = 10;

/** Requests for the same rows in a row that DynamoDB may leave unprocessed: some 3 s with their pauses. */
const MAX_REQUESTS = 10;

const STATUS = 'task_details.Status';

/** What tells a task from others: its status, what it renders, where, and why it stopped. */
const NAMING_FIELDS = [
  'job_id',
  'task_id',
  'sent_timestamp',
  STATUS,
  'task_details.FrameRange',
  'task_details.WorkerName',
  'notification_info.StopReason',
];

/** Selects jobs; a field that is not set matches all. */
export interface JobFilter {
  /** Any of these. */
  readonly statuses?: readonly string[] | undefined;
  readonly user?: string | undefined;
}

/** The rows of both tables, read lazily: one page at a time, none ahead. */
export class NotificationRows {
  readonly #client: DynamoDBDocumentClient;
  readonly #stack: StackOutputs;
  readonly #signal: AbortSignal;

  constructor(dynamoDb: DynamoDBClient, stack: StackOutputs, signal: AbortSignal) {
    // Numbers too large for an exact JavaScript number would throw otherwise; none of those is shown.
    const unmarshallOptions = { wrapNumbers: Number };
    this.#client = DynamoDBDocumentClient.from(dynamoDb, { unmarshallOptions });
    this.#stack = stack;
    this.#signal = signal;
  }

  /**
   * The jobs that stopped since a given time (ms since the epoch), newest first.
   *
   * @param atMost the most rows the caller will read
   */
  async *jobs(
    since: number,
    { statuses, user }: JobFilter,
    atMost?: number,
  ): AsyncGenerator<JobSummary> {
    const filters = [
      ...(statuses ? [isOneOf('job_details.JobStatus', statuses)] : []),
      ...(user !== undefined ? [isOneOf('job_details.UserName', [user])] : []),
    ];
    // DynamoDB applies Limit before the filter, so a limited page could hold too few matches.
    const Limit = filters.length > 0 ? undefined : atMost;
    for await (const row of this.#query(
      this.#newestFirst('job', JOB_STOPPED, since, filters, Limit),
    )) {
      yield jobSummary(row);
    }
  }

  /** The tasks that failed since a given time (ms since the epoch) and were not restarted, newest first. */
  async *failedTasks(since: number): AsyncGenerator<TaskSummary> {
    // A row that changed while `backfill-index` wrote it may have an outdated status in the index.
    const filters = [isOneOf(STATUS, [FAILED])];
    for await (const row of this.#query(this.#newestFirst('task', FAILED, since, filters))) {
      yield taskSummary(row);
    }
  }

  /** The tasks of a job, by task id. */
  async *tasks(job: string, status?: string): AsyncGenerator<TaskSummary> {
    const filters = status === undefined ? [] : [isOneOf(STATUS, [status])];
    for await (const row of this.#tasksOf(job, filters)) yield taskSummary(row);
  }

  /** The tasks of a job that are not known to be completed, by task id, with the fields that name them. */
  async *unfinishedTasks(job: string): AsyncGenerator<TaskSummary> {
    for await (const row of this.#tasksOf(job, [isNot(STATUS, COMPLETED)], NAMING_FIELDS)) {
      yield taskSummary(row);
    }
  }

  /** Counts a job's tasks by status. Holds one page in memory at a time. */
  async countTasks(job: string): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for await (const row of this.#tasksOf(job, [], ['job_id', 'task_id', STATUS])) {
      const { status = 'unknown' } = taskSummary(row);
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    return counts;
  }

  /** The job's current row, by a strongly consistent read. */
  async job(job: string): Promise<JobSummary | undefined> {
    const { Item } = await this.#client.send(
      new GetCommand({
        TableName: this.#stack.JobTableName,
        Key: { job_id: job },
        ConsistentRead: true,
      }),
      { abortSignal: this.#signal },
    );
    return Item && jobSummary(Item);
  }

  /** Whether any task of the job has a row. */
  async hasTasks(job: string): Promise<boolean> {
    for await (const _ of this.#tasksOf(job, [], ['job_id'], 1)) return true;
    return false;
  }

  /**
   * Of the jobs that stopped last, those whose id begins so, newest first. Reads at most `MAX_PAGES` of
   * 1 MB each.
   *
   * @returns their ids, and how many jobs were read
   */
  async latestJobsBeginningWith(start: string): Promise<{ ids: string[]; read: number }> {
    const input = this.#newestFirst('job', JOB_STOPPED, 0, [beginsWith('job_id', start)]);
    const ids: string[] = [];
    let [read, pages] = [0, 0];
    for await (const { Items = [], ScannedCount = 0 } of this.#pages(input)) {
      for (const row of Items) ids.push(jobSummary(row).job);
      read += ScannedCount;
      pages += 1;
      if (pages === MAX_PAGES) break;
    }
    return { ids, read };
  }

  /**
   * The rows of up to 100 jobs, by job id. Jobs without a row are left out. DynamoDB may leave keys
   * unprocessed, which are asked for again after a pause.
   *
   * @throws DeadlineNotificationsError if `MAX_REQUESTS` in a row got no key processed
   */
  async jobsOf(jobs: ReadonlySet<string>): Promise<Map<string, JobSummary>> {
    const table = this.#stack.JobTableName;
    const found = new Map<string, JobSummary>();
    const { backoff } = retryUntil(this.#signal);
    let Keys: Row[] = [...jobs].map((job) => ({ job_id: job }));
    let setbacks = 0;
    while (Keys.length > 0) {
      const answer: BatchGetCommandOutput = await this.#client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys } } }),
        { abortSignal: this.#signal },
      );
      for (const row of answer.Responses?.[table] ?? []) found.set(row.job_id, jobSummary(row));
      const left = answer.UnprocessedKeys?.[table]?.Keys ?? [];
      setbacks = left.length < Keys.length ? 0 : setbacks + 1;
      if (setbacks === MAX_REQUESTS) throw unread(left.length, table);
      if (left.length > 0) await backoff(setbacks);
      Keys = left;
    }
    return found;
  }

  #newestFirst(
    kind: Kind,
    partition: string,
    since: number,
    filters: readonly Condition[],
    Limit?: number,
  ): QueryCommandInput {
    const { name, partitionKey } = INDEXES[kind];
    const key = [isOneOf(partitionKey, [partition]), isAtLeast(SORT_KEY, since)];
    return {
      TableName: tableName(this.#stack, kind),
      IndexName: name,
      ScanIndexForward: false,
      Limit,
      ...conditions(key, filters),
    };
  }

  #tasksOf(
    job: string,
    filters: readonly Condition[],
    fields?: readonly string[],
    Limit?: number,
  ): AsyncGenerator<Row> {
    return this.#query({
      TableName: this.#stack.TaskTableName,
      Limit,
      ...conditions([isOneOf('job_id', [job])], filters, fields),
    });
  }

  async *#query(input: QueryCommandInput): AsyncGenerator<Row> {
    for await (const { Items = [] } of this.#pages(input)) yield* Items;
  }

  #pages(input: QueryCommandInput): AsyncIterable<QueryCommandOutput> {
    return paginateQuery({ client: this.#client }, input, { abortSignal: this.#signal });
  }
}

function unread(count: number, table: string): DeadlineNotificationsError {
  return new DeadlineNotificationsError(
    `DynamoDB did not read ${count === 1 ? '1 row' : `${count} rows`} of the table ${table} in ` +
      `${MAX_REQUESTS} requests. It may be throttled: try again later.`,
  );
}
