import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import { HistoryEntries } from '../src/cli/aws/history-entries.ts';
import { NotificationRows } from '../src/cli/aws/notification-rows.ts';
import type { StackOutputs } from '../src/cli/aws/stack-outputs.ts';
import { FarmWatch } from '../src/cli/watch/farm-watch.ts';
import { TaskWatch } from '../src/cli/watch/task-watch.ts';
import { TransitionWatch } from '../src/cli/watch/transition-watch.ts';
import { type Entry, toEntry } from '../src/ingest/history/entry.ts';
import type { Attributes } from '../src/ingest/item/attribute-value.ts';
import { toItem } from '../src/ingest/item/item.ts';
import { startDynamoDbLocal } from '../src/local/engines/dynamodb-local.ts';
import { resolveOutputs, synthesize, type Template } from '../src/local/template.ts';
import { chunks } from '../src/shared/chunks.ts';
import { FAILED } from '../src/shared/indexes.ts';
import type { Kind } from '../src/shared/kinds.ts';
import stoppedJob from '../src/shared/samples/stopped-job.json' with { type: 'json' };
import stoppedTask from '../src/shared/samples/stopped-task.json' with { type: 'json' };
import type { Report } from './benchmarks.ts';
import type { Row } from './markdown.ts';
import { monthlyReadPrice, ReadUnits, readPrice } from './read-units.ts';
import { createStackTables, type StackTables } from './stack-tables.ts';

export const about = `The read units that \`watch\` takes, as DynamoDB Local counts them, with the documented notifications as rows. A query
that finds nothing counts as half a unit, as on AWS. Without a job, each look reads what the indexes have of the last
ten minutes, every five seconds. With a job, it reads the job's row every five seconds, and all of its tasks when that
is due: at most every five seconds, and after a pause of at least twenty times as long as the read took. Where the
history is at \`all\`, it reads entries instead: those of the last two minutes, and once a minute those of the last ten.`;

/** At most. */
const LOOKS_PER_HOUR = 3_600 / 5;
const LOOKS_PER_MINUTE = 60 / 5;

/** What stopped in the last ten minutes. */
const FARMS = [
  { name: 'idle', jobs: 0, tasks: 0 },
  { name: 'one job and one failed task a minute', jobs: 10, tasks: 10 },
  { name: 'a hundred jobs and a thousand failed tasks', jobs: 100, tasks: 1_000 },
] as const;
const JOBS = [40, 1_000, 10_000];
/** Transitions of a job in the last ten minutes. */
const TRANSITIONS = [0, 100, 1_000];

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
  const withHistory = await synthesize({ history: 'all' });
  const histories: Row[] = [];
  for (const count of TRANSITIONS) {
    const tables = await createStackTables(withHistory, local.endpoint);
    const units = await unitsOfHistory(tables, withHistory, count, signal);
    histories.push({
      'transitions of the job in ten minutes': count,
      'units per look': units,
      ...costs(units),
    });
  }
  return {
    blocks: [
      { title: 'The farm', rows: farms },
      { title: 'A job whose tasks are read in every look', rows: jobs },
      { title: 'A job with a history', rows: histories },
    ],
  };
}

function costs(units: number): Row {
  const hour = units * LOOKS_PER_HOUR;
  const dollars = (amount: number) => `$${amount.toFixed(4)}`;
  return {
    'at most units an hour': hour,
    'at most an hour': dollars(readPrice(hour)),
    'at most a month': dollars(monthlyReadPrice(hour)),
  };
}

/** The read units of a look, of a minute of looks on average. */
async function unitsOfHistory(
  { client, names, references }: StackTables,
  template: Template,
  count: number,
  signal: AbortSignal,
): Promise<number> {
  const { HistoryTableName = '' } = resolveOutputs(template, references);
  let now = Date.now();
  const times = Array.from({ length: count }, (_, index) => now - (index / count) * 600_000);
  await write(
    client,
    HistoryTableName,
    times.map((ms, index) => entryOf(ms, index)),
  );
  const stack = { ...stackOf(names), History: 'all', HistoryTableName } as const;
  const entries = new HistoryEntries(client, stack, signal);
  const rows = new NotificationRows(client, stack, signal);
  const { JobID } = stoppedTask.TaskDetails;
  const watch = new TransitionWatch(entries, rows, JobID, {}, () => now);
  await watch.begin();
  const units = await readUnits(client, async () => {
    for (let look = 0; look < LOOKS_PER_MINUTE; look += 1) {
      await watch.look(() => undefined);
      now += 60_000 / LOOKS_PER_MINUTE;
    }
  });
  return units / LOOKS_PER_MINUTE;
}

function entryOf(ms: number, TaskID: number): Attributes {
  const TaskDetails = { ...stoppedTask.TaskDetails, TaskID };
  const body = JSON.stringify({
    ...stoppedTask,
    TaskDetails,
    Timestamp: new Date(ms).toISOString(),
  });
  const item = toItem({ body, attributes: { SentTimestamp: String(ms) } } as SQSRecord);
  return (toEntry(item, body, { level: 'all', days: 30 }) as Entry).attributes;
}

function readRows({ client, names }: StackTables, signal: AbortSignal): NotificationRows {
  return new NotificationRows(client, stackOf(names), signal);
}

function stackOf({ job, task }: StackTables['names']): StackOutputs {
  return {
    QueueUrl: '',
    DeadLetterQueueUrl: '',
    JobTableName: job,
    TaskTableName: task,
    NewestBy: 'sent_timestamp',
    RetentionDays: undefined,
    EmptyFields: 'keep',
    Rendering: 'off',
    History: 'off',
    HistoryDays: 30,
    Events: 'off',
  };
}

/** Stores rows of failed jobs, or of failed tasks of the first of them, sent within the last ten minutes. */
async function store({ client, names }: StackTables, kind: Kind, count: number): Promise<void> {
  const now = Date.now();
  const items = Array.from({ length: count }, (_, index) => {
    const SentTimestamp = String(now - Math.floor((index / count) * 600_000));
    const body = JSON.stringify(kind === 'job' ? failedJob(index) : failedTask(index));
    return toItem({ body, attributes: { SentTimestamp } } as SQSRecord).attributes;
  });
  await write(client, names[kind], items);
}

async function write(
  client: DynamoDBClient,
  table: string,
  items: readonly Attributes[],
): Promise<void> {
  for (const some of chunks(items, 25)) {
    const requests = some.map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
  }
}

function failedJob(index: number): object {
  const JobID = index === 0 ? stoppedTask.TaskDetails.JobID : index.toString(16).padStart(24, '0');
  return { ...stoppedJob, JobDetails: { ...stoppedJob.JobDetails, JobID, JobStatus: FAILED } };
}

function failedTask(TaskID: number): object {
  return { ...stoppedTask, TaskDetails: { ...stoppedTask.TaskDetails, TaskID, Status: FAILED } };
}

/** The read units that some work takes. */
async function readUnits(client: DynamoDBClient, work: () => Promise<unknown>): Promise<number> {
  const units = new ReadUnits(client);
  await work();
  return units.take();
}
