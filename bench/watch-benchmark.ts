import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import { NotificationRows } from '../src/cli/aws/notification-rows.ts';
import { FarmWatch } from '../src/cli/watch/farm-watch.ts';
import { TaskWatch } from '../src/cli/watch/task-watch.ts';
import { toItem } from '../src/ingest/item/item.ts';
import { startDynamoDbLocal } from '../src/local/engines/dynamodb-local.ts';
import { synthesize } from '../src/local/template.ts';
import { chunks } from '../src/shared/chunks.ts';
import { FAILED } from '../src/shared/indexes.ts';
import type { Kind } from '../src/shared/kinds.ts';
import stoppedJob from '../src/shared/samples/stopped-job.json' with { type: 'json' };
import stoppedTask from '../src/shared/samples/stopped-task.json' with { type: 'json' };
import type { Report } from './benchmarks.ts';
import { PRICES } from './cost/prices.ts';
import { HOURS_PER_MONTH } from './cost/usage.ts';
import type { Row } from './markdown.ts';
import { createStackTables, type StackTables } from './stack-tables.ts';

export const about = `The read units that \`watch\` takes, as DynamoDB Local counts them, with the documented notifications as rows. A query
that finds nothing counts as half a unit, as on AWS. Without a job, each look reads what the indexes have of the last
ten minutes, every five seconds. With a job, it reads the job's row every five seconds, and all of its tasks when that
is due: at most every five seconds, and after a pause of at least twenty times as long as the read took.`;

/** At most. */
const LOOKS_PER_HOUR = 3_600 / 5;

/** A query takes half a unit, even if it finds nothing. */
const LEAST_UNITS = 0.5;

/** What stopped in the last ten minutes. */
const FARMS = [
  { name: 'idle', jobs: 0, tasks: 0 },
  { name: 'one job and one failed task a minute', jobs: 10, tasks: 10 },
  { name: 'a hundred jobs and a thousand failed tasks', jobs: 100, tasks: 1_000 },
] as const;
const JOBS = [40, 1_000, 10_000];

/** Measures what a look reads. */
export async function run(signal: AbortSignal): Promise<Report> {
  const template = await synthesize();
  await using local = await startDynamoDbLocal({ port: 0, shared: false, signal });
  const farms: Row[] = [];
  for (const { name, jobs, tasks } of FARMS) {
    const tables = await createStackTables(template, local.endpoint);
    await store(tables, 'job', jobs);
    await store(tables, 'task', tasks);
    const watch = new FarmWatch(readRows(tables, signal));
    await watch.begin();
    const units = await readUnits(tables.client, () => watch.look(() => undefined));
    farms.push({ 'what stopped in ten minutes': name, 'units per look': units, ...costs(units) });
  }
  const jobs: Row[] = [];
  for (const count of JOBS) {
    const tables = await createStackTables(template, local.endpoint);
    await store(tables, 'job', 1);
    await store(tables, 'task', count);
    const { JobID } = stoppedTask.TaskDetails;
    const watch = new TaskWatch(readRows(tables, signal), JobID, { leastPause: 0 });
    const units = await readUnits(tables.client, () => watch.begin());
    jobs.push({ 'tasks of the job': count, 'units per look': units, ...costs(units) });
  }
  return {
    blocks: [
      { title: 'The farm', rows: farms },
      { title: 'A job whose tasks are read in every look', rows: jobs },
    ],
  };
}

function costs(units: number): Row {
  const { usd, size } = PRICES.read;
  const hour = units * LOOKS_PER_HOUR;
  const dollars = (amount: number) => `$${amount.toFixed(4)}`;
  return {
    'at most units an hour': hour,
    'at most an hour': dollars((hour * usd) / size),
    'at most a month': dollars((hour * HOURS_PER_MONTH * usd) / size),
  };
}

function readRows({ client, names }: StackTables, signal: AbortSignal): NotificationRows {
  const stack = {
    QueueUrl: '',
    DeadLetterQueueUrl: '',
    JobTableName: names.job,
    TaskTableName: names.task,
    NewestBy: 'sent_timestamp',
    RetentionDays: undefined,
    EmptyFields: 'keep',
    Rendering: 'off',
    History: 'off',
    HistoryDays: 30,
  } as const;
  return new NotificationRows(client, stack, signal);
}

/** Stores rows of failed jobs, or of failed tasks of the first of them, sent within the last ten minutes. */
async function store({ client, names }: StackTables, kind: Kind, count: number): Promise<void> {
  const now = Date.now();
  const items = Array.from({ length: count }, (_, index) => {
    const SentTimestamp = String(now - Math.floor((index / count) * 600_000));
    const body = JSON.stringify(kind === 'job' ? failedJob(index) : failedTask(index));
    return toItem({ body, attributes: { SentTimestamp } } as SQSRecord).attributes;
  });
  for (const some of chunks(items, 25)) {
    const requests = some.map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [names[kind]]: requests } }));
  }
}

function failedJob(index: number): object {
  const JobID = index === 0 ? stoppedTask.TaskDetails.JobID : index.toString(16).padStart(24, '0');
  return { ...stoppedJob, JobDetails: { ...stoppedJob.JobDetails, JobID, JobStatus: FAILED } };
}

function failedTask(TaskID: number): object {
  return { ...stoppedTask, TaskDetails: { ...stoppedTask.TaskDetails, TaskID, Status: FAILED } };
}

/** The read units that some work takes, as DynamoDB bills them. */
async function readUnits(client: DynamoDBClient, work: () => Promise<unknown>): Promise<number> {
  let units = 0;
  client.middlewareStack.add(
    (next) => async (request) => {
      const input = { ...request.input, ReturnConsumedCapacity: 'TOTAL' as const };
      const answer = await next({ ...request, input });
      const { ConsumedCapacity = [] } = answer.output as Partial<QueryCommandOutput>;
      for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat()) {
        units += Math.max(LEAST_UNITS, CapacityUnits);
      }
      return answer;
    },
    { step: 'initialize', name: 'readUnits' },
  );
  await work();
  return units;
}
