import type { DynamoDBClient, KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
  GetCommand,
  NumberValue,
  paginateQuery,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { DeadlineNotificationsError } from '../../shared/errors.ts';
import { FAILED, INDEXES, RENDERS, SORT_KEY, type TableIndex } from '../../shared/indexes.ts';
import { RENDERING_PARTITIONS } from '../../shared/rendering-partition.ts';
import { retryUntil } from '../../shared/retry.ts';
import { JOB_STOPPED } from '../../shared/transitions.ts';
import { mergeOldestFirst } from '../iterate.ts';
import { MEASURED_FIELDS, type MeasuredTask, measuredTask } from '../statistics/measured-task.ts';
import { COMPLETED, DELETED, STOPPED_AS } from '../status.ts';
import type { TimeSpan } from '../time-span.ts';
import {
  type Condition,
  conditions,
  isBetween,
  isMoreThan,
  isNot,
  isOneOf,
  isOtherText,
  projection,
} from './query-conditions.ts';
import { rowClient } from './row-client.ts';
import { isExpired, LIFETIME_FIELDS, latestSent, oldestSent } from './row-lifetime.ts';
import {
  type JobSummary,
  jobSummary,
  type Row,
  type TaskSummary,
  taskSummary,
} from './row-summary.ts';
import { type StackOutputs, tableName } from './stack-outputs.ts';

/** Pages of the job index that are looked through for an id or a name, at most: some 17,000 jobs. */
const MAX_PAGES = 10;

/** Requests for the same rows in a row that DynamoDB may leave unprocessed: some 3 s with their pauses. */
const MAX_REQUESTS = 10;

const JOB_STATUS = 'job_details.JobStatus';
const STATUS = 'task_details.Status';
const WORKER = 'task_details.WorkerName';

/** What tells a job from others: its name, its user, and what became of it, and when. */
const NAMES_OF_JOBS = [
  'job_id',
  'sent_timestamp',
  'task_type',
  'job_details.JobName',
  'job_details.UserName',
  JOB_STATUS,
];

/** What tells a task from others: its status, what it renders, where, after how many errors, and why it stopped. */
const NAMING_FIELDS = [
  'job_id',
  'task_id',
  'sent_timestamp',
  STATUS,
  'task_details.FrameRange',
  WORKER,
  'task_details.NumberOfErrors',
  'notification_info.StopReason',
];

/** These, and when a task started and for how long it rendered. */
const TIMED_FIELDS = [
  ...NAMING_FIELDS,
  'task_details.TaskStartDateTime',
  'task_details.RenderTime',
  'task_details.CompletedDateTime',
];

/** What is shown of a task that renders, without the rest of its details. */
const RENDERING_FIELDS = [
  'job_id',
  'task_id',
  SORT_KEY,
  STATUS,
  'task_details.FrameRange',
  'task_details.WorkerName',
  'task_details.TaskStartDateTime',
  'task_details.NumberOfErrors',
];

/** The row of a job as it is, and what is shown of it. */
export interface WholeJob {
  readonly row: Row;
  readonly summary: JobSummary;
}

/** How many tasks of a job are completed. */
export interface CompletedCount {
  readonly completed: number;
  /** Whether all tasks were read. */
  readonly isWhole: boolean;
}

/** The rows of both tables, read lazily: one page at a time, none ahead. */
export class NotificationRows {
  readonly #client: DynamoDBDocumentClient;
  readonly #stack: StackOutputs;
  readonly #signal: AbortSignal;
  readonly #now: () => number;

  /** @param now the time in ms since the epoch, by which rows expire */
  constructor(
    dynamoDb: DynamoDBClient,
    stack: StackOutputs,
    signal: AbortSignal,
    now: () => number = Date.now,
  ) {
    this.#client = rowClient(dynamoDb);
    this.#stack = stack;
    this.#signal = signal;
    this.#now = now;
  }

  /** How long rows are kept, in days; `undefined` if forever. */
  get retentionDays(): number | undefined {
    return this.#stack.RetentionDays;
  }

  /**
   * The jobs that stopped in a time span, newest first; last, if it has no end, those of unknown time.
   *
   * @param statuses only those of which one of these is what became of them, or Deadline's own word for it
   * @param atMost the most rows the caller will read
   */
  async *jobs(
    span: TimeSpan,
    statuses?: readonly string[],
    atMost?: number,
  ): AsyncGenerator<JobSummary> {
    const filters = statuses ? [jobStatusIsOneOf(statuses)] : [];
    // DynamoDB applies Limit before the filter, so a limited page could hold too few matches.
    const Limit = statuses ? undefined : atMost;
    for await (const row of this.#rows(
      this.#newestFirst(INDEXES.jobs, JOB_STOPPED, span, filters, Limit),
    )) {
      yield this.#job(row);
    }
  }

  /** The same with all that the index has of them. */
  async *wholeJobs(span: TimeSpan): AsyncGenerator<WholeJob> {
    for await (const row of this.#rows(this.#newestFirst(INDEXES.jobs, JOB_STOPPED, span, []))) {
      yield { row, summary: this.#job(row) };
    }
  }

  /**
   * The tasks that failed in a time span and were not restarted, newest first; last, if it has no end, those of
   * unknown time.
   */
  async *failedTasks(span: TimeSpan): AsyncGenerator<TaskSummary> {
    // A row that changed while `backfill-index` wrote it may have an outdated status in the index.
    const filters = [isOneOf(STATUS, [FAILED])];
    for await (const row of this.#rows(this.#newestFirst(INDEXES.failed, FAILED, span, filters))) {
      yield this.#task(row);
    }
  }

  /** The jobs that stopped at a time or later, oldest first, without those of unknown time. */
  async *jobsSince(since: number): AsyncGenerator<JobSummary> {
    for await (const row of this.#rows(this.#oldestFirst(INDEXES.jobs, JOB_STOPPED, since))) {
      yield this.#job(row);
    }
  }

  /** The same for tasks that failed and were not restarted. */
  async *failedTasksSince(since: number): AsyncGenerator<TaskSummary> {
    for await (const row of this.#rows(
      this.#oldestFirst(INDEXES.failed, FAILED, since, [isOneOf(STATUS, [FAILED])]),
    )) {
      yield this.#task(row);
    }
  }

  /**
   * The tasks that render, oldest first by their send time. Reads all partitions of their index at once.
   *
   * @param since only those that were sent at this time or later (ms since the epoch), without those of unknown time
   */
  renderingTasks(since?: number): AsyncGenerator<TaskSummary> {
    return mergeOldestFirst(...RENDERING_PARTITIONS.map((each) => this.#renderingIn(each, since)));
  }

  async *#renderingIn(partition: string, since: number | undefined): AsyncGenerator<TaskSummary> {
    const { kind, name, partitionKey } = INDEXES.rendering;
    const pages = this.#pages({
      TableName: tableName(this.#stack, kind),
      IndexName: name,
      // As for failed tasks, the index may have an outdated entry.
      ...conditions(
        [isOneOf(partitionKey, [partition]), ...this.#sentSince(since)],
        [isOneOf(STATUS, [RENDERS])],
        RENDERING_FIELDS,
      ),
    });
    for await (const row of this.#rows(pages)) yield this.#task(row);
  }

  /** The tasks of a job, by task id. */
  async *tasks(job: string, statuses?: readonly string[]): AsyncGenerator<TaskSummary> {
    const filters = statuses ? [isOneOf(STATUS, statuses)] : [];
    for await (const row of this.#tasksOf(job, filters)) yield this.#task(row);
  }

  /** The tasks of a job that are not known to be completed, by task id, with the fields that name them. */
  async *unfinishedTasks(job: string): AsyncGenerator<TaskSummary> {
    for await (const row of this.#tasksOf(job, [isNot(STATUS, COMPLETED)], NAMING_FIELDS)) {
      yield this.#task(row);
    }
  }

  /** The tasks of a job, by task id, with the fields that name them. */
  async *namedTasks(job: string): AsyncGenerator<TaskSummary> {
    for await (const row of this.#tasksOf(job, [], NAMING_FIELDS)) yield this.#task(row);
  }

  /** What is counted of the tasks of a job, by task id, a page at a time: there are many. */
  async *measuredTasks(job: string): AsyncGenerator<Iterable<MeasuredTask>> {
    for await (const page of this.#taskPages(job, [], MEASURED_FIELDS)) {
      yield this.#rowsOf(page).map(measuredTask);
    }
  }

  /** The rows of the tasks of a job, by task id, whatever they hold, a page at a time. */
  async *wholeTasks(job: string): AsyncGenerator<IteratorObject<Row>> {
    for await (const page of this.#taskPages(job, [])) yield this.#rowsOf(page);
  }

  /** The tasks of a job, by task id, with the fields that name them, and their times. */
  async *timedTasks(job: string): AsyncGenerator<TaskSummary> {
    for await (const row of this.#tasksOf(job, [], TIMED_FIELDS)) yield this.#task(row);
  }

  /** The same of up to 100 tasks, by strongly consistent reads, in any order. Those without a row are left out. */
  async timedTasksById(
    job: string,
    tasks: readonly (number | string)[],
  ): Promise<readonly TaskSummary[]> {
    const keys = tasks.map((task) => ({ job_id: job, task_id: NumberValue.from(String(task)) }));
    const fields = projection([...TIMED_FIELDS, ...LIFETIME_FIELDS]);
    const found = await this.#byKey(this.#stack.TaskTableName, keys, {
      ConsistentRead: true,
      ...fields,
    });
    return found.map((row) => this.#task(row));
  }

  /** Counts a job's tasks by status. Holds one page in memory at a time. */
  async countTasks(job: string): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for await (const row of this.#tasksOf(job, [], ['job_id', 'task_id', STATUS])) {
      const { status = 'unknown' } = this.#task(row);
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    return counts;
  }

  /** Counts a job's tasks that are completed. Reads at most so many pages, of 1 MB each. */
  async countCompleted(job: string, mostPages: number): Promise<CompletedCount> {
    let [completed, pages] = [0, 0];
    for await (const { Items = [], LastEvaluatedKey } of this.#taskPages(
      job,
      [isOneOf(STATUS, [COMPLETED])],
      ['job_id'],
    )) {
      completed += Items.filter((row) => !this.#isExpired(row)).length;
      pages += 1;
      if (pages === mostPages) return { completed, isWhole: LastEvaluatedKey === undefined };
    }
    return { completed, isWhole: true };
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
    return Item && !this.#isExpired(Item) ? this.#job(Item) : undefined;
  }

  /** Whether any task of the job, or any with this status, has a row with a worker that fits. */
  async hasTaskOn(
    job: string,
    fits: (worker: string | undefined) => boolean,
    status?: string,
  ): Promise<boolean> {
    const filters = status === undefined ? [] : [isOneOf(STATUS, [status])];
    for await (const row of this.#tasksOf(job, filters, ['job_id', 'task_id', WORKER])) {
      if (fits(this.#task(row).worker)) return true;
    }
    return false;
  }

  /** Whether any task of the job has a row. */
  async hasTasks(job: string): Promise<boolean> {
    for await (const _ of this.#tasksOf(job, [], ['job_id'], 1)) return true;
    return false;
  }

  /** The task of a job with the lowest id of those that have rows. */
  async firstTask(job: string): Promise<TaskSummary | undefined> {
    for await (const row of this.#tasksOf(job, [], undefined, 1)) return this.#task(row);
    return undefined;
  }

  /**
   * The jobs that stopped last, newest first, with the fields that name them. Reads at most `MAX_PAGES` of
   * 1 MB each.
   */
  async *latestJobs(): AsyncGenerator<JobSummary> {
    const all = this.#newestFirst(
      INDEXES.jobs,
      JOB_STOPPED,
      { since: 0 },
      [],
      undefined,
      NAMES_OF_JOBS,
    );
    let pages = 0;
    for await (const { Items = [] } of all) {
      for (const row of Items) yield this.#job(row);
      pages += 1;
      if (pages === MAX_PAGES) return;
    }
  }

  /**
   * The rows of up to 100 jobs, by job id. Jobs without a row are left out. DynamoDB may leave keys
   * unprocessed, which are asked for again after a pause.
   *
   * @throws DeadlineNotificationsError if `MAX_REQUESTS` in a row got no key processed
   */
  async jobsOf(jobs: ReadonlySet<string>): Promise<Map<string, JobSummary>> {
    const keys = [...jobs].map((job) => ({ job_id: job }));
    const found = await this.#byKey(this.#stack.JobTableName, keys);
    return new Map(found.map((row) => [row.job_id as string, this.#job(row)]));
  }

  /** The rows of up to 100 keys that have one and are not expired. */
  async #byKey(
    table: string,
    keys: readonly Row[],
    options: Omit<KeysAndAttributes, 'Keys'> = {},
  ): Promise<Row[]> {
    const found: Row[] = [];
    const { backoff } = retryUntil(this.#signal);
    let Keys: Row[] = [...keys];
    let setbacks = 0;
    while (Keys.length > 0) {
      const answer: BatchGetCommandOutput = await this.#client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys, ...options } } }),
        { abortSignal: this.#signal },
      );
      found.push(...(answer.Responses?.[table] ?? []).filter((row) => !this.#isExpired(row)));
      const left = answer.UnprocessedKeys?.[table]?.Keys ?? [];
      setbacks = left.length < Keys.length ? 0 : setbacks + 1;
      if (setbacks === MAX_REQUESTS) throw unread(left.length, table);
      if (left.length > 0) await backoff(setbacks);
      Keys = left;
    }
    return found;
  }

  /** The pages of an index in a time span; last, if it has no end, the rows whose send time cannot be. */
  async *#newestFirst(
    { kind, name, partitionKey }: TableIndex,
    partition: string,
    { since, until }: TimeSpan,
    filters: readonly Condition[],
    Limit?: number,
    fields?: readonly string[],
  ): AsyncGenerator<QueryCommandOutput> {
    const now = this.#now();
    const oldest = Math.max(since, oldestSent(this.retentionDays, now));
    const newest = latestSent(now);
    const latest = Math.min(newest, (until ?? Infinity) - 1);
    const ofKnownTime = oldest <= latest ? [isBetween(SORT_KEY, oldest, latest)] : [];
    const ofUnknownTime = until === undefined ? [isMoreThan(SORT_KEY, newest)] : [];
    for (const sent of [...ofKnownTime, ...ofUnknownTime]) {
      yield* this.#pages({
        TableName: tableName(this.#stack, kind),
        IndexName: name,
        ScanIndexForward: false,
        Limit,
        ...conditions([isOneOf(partitionKey, [partition]), sent], filters, fields),
      });
    }
  }

  /** The pages of an index from a time on, without the rows whose send time cannot be. */
  #oldestFirst(
    { kind, name, partitionKey }: TableIndex,
    partition: string,
    since: number,
    filters: readonly Condition[] = [],
  ): AsyncIterable<QueryCommandOutput> {
    return this.#pages({
      TableName: tableName(this.#stack, kind),
      IndexName: name,
      ...conditions([isOneOf(partitionKey, [partition]), ...this.#sentSince(since)], filters),
    });
  }

  #sentSince(since: number | undefined): Condition[] {
    if (since === undefined) return [];
    return [isBetween(SORT_KEY, Math.max(0, since), latestSent(this.#now()))];
  }

  #tasksOf(
    job: string,
    filters: readonly Condition[],
    fields?: readonly string[],
    Limit?: number,
  ): AsyncGenerator<Row> {
    return this.#rows(this.#taskPages(job, filters, fields, Limit));
  }

  #taskPages(
    job: string,
    filters: readonly Condition[],
    fields?: readonly string[],
    Limit?: number,
  ): AsyncIterable<QueryCommandOutput> {
    const all = fields && [...new Set([...fields, ...LIFETIME_FIELDS])];
    return this.#pages({
      TableName: this.#stack.TaskTableName,
      // A page of expired tasks would be followed by another.
      Limit: this.retentionDays === undefined ? Limit : undefined,
      ...conditions([isOneOf('job_id', [job])], filters, all),
    });
  }

  async *#rows(pages: AsyncIterable<QueryCommandOutput>): AsyncGenerator<Row> {
    for await (const page of pages) for (const row of this.#rowsOf(page)) yield row;
  }

  /** The rows of a page, one after the other: an array of them would live long enough to become old to V8. */
  #rowsOf({ Items = [] }: QueryCommandOutput): IteratorObject<Row> {
    return Iterator.from(Items).filter((row) => !this.#isExpired(row));
  }

  #pages(input: QueryCommandInput): AsyncIterable<QueryCommandOutput> {
    return paginateQuery({ client: this.#client }, input, { abortSignal: this.#signal });
  }

  #isExpired(row: Row): boolean {
    return isExpired(row, this.retentionDays, this.#now());
  }

  #job(row: Row): JobSummary {
    return jobSummary(row, latestSent(this.#now()));
  }

  #task(row: Row): TaskSummary {
    return taskSummary(row, latestSent(this.#now()));
  }
}

function jobStatusIsOneOf(statuses: readonly string[]): Condition {
  if (!statuses.includes(DELETED)) return isOneOf(JOB_STATUS, statuses);
  return isOtherText(
    JOB_STATUS,
    STOPPED_AS.filter((status) => !statuses.includes(status)),
  );
}

function unread(count: number, table: string): DeadlineNotificationsError {
  return new DeadlineNotificationsError(
    `DynamoDB did not read ${count === 1 ? '1 row' : `${count} rows`} of the table ${table} in ` +
      `${MAX_REQUESTS} requests. It may be throttled: try again later.`,
  );
}
