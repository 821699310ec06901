import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { FAILED, INDEXES, SORT_KEY } from '../../shared/indexes.ts';
import { type Condition, conditions, isAtLeast, isOneOf } from './query-conditions.ts';
import {
  type JobSummary,
  jobSummary,
  type Row,
  type TaskSummary,
  taskSummary,
} from './row-summary.ts';
import type { StackOutputs } from './stack-outputs.ts';

/** The notification of which the index of jobs is asked: the one that Deadline documents. */
export const JOB_STOPPED = 'JobStoppedNotification';

/** Which jobs are wanted; what is not given is all the same. */
export interface JobFilter {
  /** Any of these. */
  readonly statuses?: readonly string[] | undefined;
  readonly user?: string | undefined;
}

/** The rows of the two tables, read as they are asked for: a page at a time, and no further. */
export class NotificationRows {
  readonly #client: DynamoDBDocumentClient;
  readonly #stack: StackOutputs;
  readonly #signal: AbortSignal;

  constructor(dynamoDb: DynamoDBClient, stack: StackOutputs, signal: AbortSignal) {
    // A counter may be beyond what a JavaScript number holds exactly; none of those is shown.
    const unmarshallOptions = { wrapNumbers: Number };
    this.#client = DynamoDBDocumentClient.from(dynamoDb, { unmarshallOptions });
    this.#stack = stack;
    this.#signal = signal;
  }

  /**
   * The jobs that have stopped since a time (ms since the epoch), the newest first.
   *
   * @param atMost how many will be asked for
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
    // Of what a filter lets through nobody knows how many are in a page.
    const Limit = filters.length > 0 ? undefined : atMost;
    for await (const row of this.#newestFirst('job', JOB_STOPPED, since, filters, Limit)) {
      yield jobSummary(row);
    }
  }

  /** The tasks that have failed since a time (ms since the epoch), and were not started again, the newest first. */
  async *failedTasks(since: number): AsyncGenerator<TaskSummary> {
    // A row that the function changed while `backfill-index` brought it in may say in its index what it was before.
    const filters = [isOneOf('task_details.Status', [FAILED])];
    for await (const row of this.#newestFirst('task', FAILED, since, filters)) {
      yield taskSummary(row);
    }
  }

  /** The tasks of a job, in their order. */
  async *tasks(job: string, status?: string): AsyncGenerator<TaskSummary> {
    const filters = status === undefined ? [] : [isOneOf('task_details.Status', [status])];
    const input = { TableName: this.#stack.TaskTableName, ...conditions([isJob(job)], filters) };
    for await (const row of this.#query(input)) yield taskSummary(row);
  }

  /** How many tasks of a job have which status, by status: one page of them is held at a time. */
  async countTasks(job: string): Promise<Map<string, number>> {
    const { ExpressionAttributeNames, ...key } = conditions([isJob(job)], []);
    const counts = new Map<string, number>();
    const input = {
      TableName: this.#stack.TaskTableName,
      ...key,
      ProjectionExpression: 'job_id, task_id, task_details.#status',
      ExpressionAttributeNames: { ...ExpressionAttributeNames, '#status': 'Status' },
    };
    for await (const row of this.#query(input)) {
      const { status = 'unknown' } = taskSummary(row);
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    return counts;
  }

  /** The job's row as it is now. */
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

  /** The rows of up to a hundred jobs, of those that have one. */
  async jobsOf(jobs: ReadonlySet<string>): Promise<Map<string, JobSummary>> {
    const table = this.#stack.JobTableName;
    const found = new Map<string, JobSummary>();
    let Keys: Row[] = [...jobs].map((job) => ({ job_id: job }));
    while (Keys.length > 0) {
      const answer: BatchGetCommandOutput = await this.#client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys } } }),
        { abortSignal: this.#signal },
      );
      for (const row of answer.Responses?.[table] ?? []) found.set(row.job_id, jobSummary(row));
      Keys = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    }
    return found;
  }

  #newestFirst(
    kind: 'job' | 'task',
    partition: string,
    since: number,
    filters: readonly Condition[],
    Limit?: number,
  ): AsyncGenerator<Row> {
    const { name, partitionKey } = INDEXES[kind];
    const key = [isOneOf(partitionKey, [partition]), isAtLeast(SORT_KEY, since)];
    return this.#query({
      TableName: kind === 'job' ? this.#stack.JobTableName : this.#stack.TaskTableName,
      IndexName: name,
      ScanIndexForward: false,
      Limit,
      ...conditions(key, filters),
    });
  }

  async *#query(input: QueryCommandInput): AsyncGenerator<Row> {
    const pages = paginateQuery({ client: this.#client }, input, { abortSignal: this.#signal });
    for await (const { Items = [] } of pages) yield* Items;
  }
}

const isJob = (job: string) => isOneOf('job_id', [job]);
