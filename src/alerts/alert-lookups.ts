import {
  type AttributeValue,
  BatchGetItemCommand,
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { chunks } from '../shared/chunks.ts';
import { LookupFailed } from '../shared/errors.ts';
import { historyJobId } from '../shared/history-job-id.ts';
import type { Retry } from '../shared/retry.ts';
import { itemToTransition } from '../shared/stream-event.ts';
import { unknownJob } from './gather/facts-of-job.ts';
import type { Lookups } from './gather/gather.ts';
import { type LastOfTasks, lastOfTasks } from './gather/last-of-tasks.ts';
import type { JobFacts } from './message/alert-message.ts';

/** The most keys of a `BatchGetItem` (API reference). */
const MAX_KEYS = 100;

/**
 * Pages of 1 MB that are read of a job's history, at most, and of all jobs' together: one has some 2,000 entries,
 * which take 0.3 s of a function of 256 MB.
 */
const MAX_PAGES = 10;
const MAX_PAGES_IN_ALL = 40;

type Attributes = Record<string, AttributeValue>;

/** Of a job's row, what alerts tell. */
const OF_JOB = projection(
  ...['job_id', 'job_details.JobName', 'job_details.UserName', 'job_details.Department'],
  ...['job_details.PluginName', 'job_details.Pool', 'job_details.BatchName'],
  'job_details.NumberOfTasks',
);

/** Of an entry, what alerts tell of a task. */
const OF_TASK = projection(...['job_id', 'at', 'transition', 'task', 'worker', 'frames', 'reason']);

/**
 * Looks up in the tables. What fails is tried again until time is up.
 *
 * @param client tries each request once: the lookups try again
 * @returns lookups that throw `LookupFailed` once time is up
 */
export function lookupsIn(
  client: DynamoDBClient,
  tables: { readonly job: string; readonly history: string },
  { signal, backoff }: Retry,
): Lookups {
  /** Calls until it is answered. */
  async function answered<T>(call: () => Promise<T>): Promise<T> {
    let reason = 'not tried';
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        return await call();
      } catch (error) {
        if (!signal.aborted) reason = reasonOf(error);
      }
      await backoff(attempt);
    }
    throw new LookupFailed(reason);
  }

  /** Reads the rows with some keys. DynamoDB may leave keys unread, which are asked for again after a pause. */
  async function rowsWith(keys: Attributes[]): Promise<Attributes[]> {
    const rows: Attributes[] = [];
    let left = keys;
    await answered(async () => {
      const { Responses = {}, UnprocessedKeys = {} } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [tables.job]: { Keys: left, ...OF_JOB } } }),
        { abortSignal: signal },
      );
      rows.push(...(Responses[tables.job] ?? []));
      left = UnprocessedKeys[tables.job]?.Keys ?? [];
      if (left.length > 0) throw new Error(`DynamoDB left ${left.length} rows unread`);
    });
    return rows;
  }

  let pages = 0;
  return {
    async jobs(ids) {
      const facts = new Map<string, JobFacts>();
      for (const some of chunks([...ids], MAX_KEYS)) {
        for (const row of await rowsWith(some.map((id) => ({ job_id: { S: id } })))) {
          const job = factsOfRow(row);
          facts.set(job.id, job);
        }
      }
      return facts;
    },

    async lastOfTasks(job) {
      let last: LastOfTasks = new Map();
      let from: Attributes | undefined;
      for (let page = 0; page < MAX_PAGES && pages < MAX_PAGES_IN_ALL; page += 1) {
        pages += 1;
        const query = new QueryCommand({
          TableName: tables.history,
          KeyConditionExpression: '#job_id = :job',
          ExpressionAttributeValues: { ':job': { S: historyJobId(job) } },
          ExclusiveStartKey: from,
          ...OF_TASK,
        });
        const answer: QueryCommandOutput = await answered(() =>
          client.send(query, { abortSignal: signal }),
        );
        const { Items = [], LastEvaluatedKey } = answer;
        last = lastOfTasks(
          Items.flatMap((item) => itemToTransition(item) ?? []),
          last,
        );
        if (LastEvaluatedKey === undefined) return last;
        from = LastEvaluatedKey;
      }
      return undefined;
    },
  };
}

/** Attributes by their paths, under names that are no reserved words. */
function projection(...paths: readonly string[]) {
  const names = new Set(paths.flatMap((path) => path.split('.')));
  return {
    ProjectionExpression: paths.map((path) => path.replaceAll(/\w+/g, '#$&')).join(', '),
    ExpressionAttributeNames: Object.fromEntries([...names].map((name) => [`#${name}`, name])),
  };
}

/** Rows may be of other programs: fields of other types are not known. */
function factsOfRow({ job_id, job_details }: Attributes): JobFacts {
  const id = job_id?.S ?? '';
  const details = job_details?.M;
  if (details === undefined) return unknownJob(id);
  const textIn = (name: string) => details[name]?.S || undefined;
  const tasks = Number(details.NumberOfTasks?.N);
  return {
    id,
    name: textIn('JobName'),
    user: textIn('UserName'),
    department: textIn('Department'),
    plugin: textIn('PluginName'),
    pool: textIn('Pool'),
    batch: textIn('BatchName'),
    tasks: Number.isSafeInteger(tasks) && tasks >= 0 ? tasks : undefined,
    from: 'an earlier stop',
  };
}

function reasonOf(error: unknown): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return `${name}: ${message}`;
}
