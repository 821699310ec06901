import { type AttributeValue, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { Random } from '../../src/local/farm/random.ts';
import type { NewestBy } from '../../src/shared/setting-values.ts';
import { countRequests, type RequestCount } from './request-count.ts';
import { SeededScheduler } from './seeded-scheduler.ts';
import { generateNotifications, newestByRow, type SentNotification } from './sent-notifications.ts';
import { SimulatedInvocation } from './simulated-invocation.ts';
import { SimulatedQueue } from './simulated-queue.ts';
import type { TableNames, Writer } from './writers.ts';

/** Concurrent invocations: the stack's `maxConcurrency`. */
const CONCURRENCY = 10;
/** Batches that are redelivered although they were acknowledged, in percent. */
const PERCENT_FORGOTTEN = 3;

export interface Simulation {
  readonly seed: number;
  /** The number of the farm's tasks. */
  readonly tasks: number;
  readonly writer: Writer;
  /** The order by which the rows are checked. */
  readonly newestBy: NewestBy;
  readonly client: DynamoDBClient;
  /** Empty tables that the client can reach. */
  readonly tables: TableNames;
  readonly signal: AbortSignal;
}

/** How a simulation ended. */
export interface SimulationResult extends RequestCount {
  readonly rows: number;
  /** Rows that do not hold their newest notification. */
  readonly stale: readonly string[];
  readonly missing: readonly string[];
  /** Notifications without an entry in the history, and with more than one. */
  readonly entries: { readonly missing: readonly string[]; readonly doubled: readonly string[] };
  /**
   * Rows that rightly do not show the last event, since the time that orders them was wrong: the sent time of
   * a repeat, or a clock of the farm.
   */
  readonly misled: number;
  /** Records delivered to invocations, including redeliveries. */
  readonly deliveries: number;
  readonly invocations: number;
  readonly killed: number;
  /** Records that invocations reported as not stored. */
  readonly failures: number;
}

/**
 * Delivers a farm's notifications out of order, with duplicates, and in batches to concurrent invocations.
 * Some invocations are killed. Once everything is acknowledged, compares the tables with what was sent. The
 * seed determines everything, including the order of all requests.
 */
export async function simulateDeliveries(simulation: Simulation): Promise<SimulationResult> {
  const { seed, tasks, writer, newestBy, client, tables, signal } = simulation;
  const farm = new Random(seed);
  const sent = generateNotifications(tasks, farm);
  const queue = new SimulatedQueue(sent, farm);
  const byMessageId = new Map(sent.map((each) => [each.record.messageId, each]));
  const requests = countRequests(client);

  const random = new Random(seed + 1_000_000);
  const scheduler = new SeededScheduler(random);
  let deliveries = 0;
  let invocations = 0;
  let killed = 0;
  let failures = 0;
  const invoke = async (batch: readonly SentNotification[]) => {
    deliveries += batch.length;
    invocations += 1;
    const invocation = new SimulatedInvocation(scheduler, random);
    const records = batch.map(({ record }) => record);
    const answer = await Promise.race([
      writer(records, {
        client: invocation.client(client),
        tables,
        retry: invocation.retry,
        random,
      }),
      invocation.killed,
    ]);
    if (answer === 'killed') killed += 1;
    else failures += answer.length;
    const isWhole = answer === 'killed' || random.chance(PERCENT_FORGOTTEN);
    const again = isWhole ? batch : answer.map(({ messageId }) => byMessageId.get(messageId));
    queue.redeliver(again as SentNotification[], random);
  };
  const workers = Array.from({ length: CONCURRENCY }, async () => {
    for (let batch = queue.receive(); batch; batch = queue.receive()) await invoke(batch);
  });
  await Promise.all([scheduler.run(signal), ...workers]);

  const stored = await readRows(client, tables);
  const newest = [...newestByRow(sent, newestBy).values()];
  const last = new Map(sent.map(({ row, happened }) => [row, happened]));
  const isStale = (row: string, want: SentNotification) => {
    const has = stored.get(row);
    return has !== undefined && (has.serial !== want.serial || has.sent !== want.sent);
  };
  return {
    ...requests,
    rows: newest.length,
    stale: newest.filter((each) => isStale(each.row, each)).map(({ row }) => row),
    missing: newest.filter(({ row }) => !stored.has(row)).map(({ row }) => row),
    entries: compareEntries(sent, await readEntries(client, tables)),
    misled: newest.filter(({ row, happened }) => happened !== last.get(row)).length,
    deliveries,
    invocations,
    killed,
    failures,
  };
}

/** The serial number and the sent time of the notification in each row. */
async function readRows(client: DynamoDBClient, tables: TableNames) {
  const rows = new Map<string, { readonly serial: number; readonly sent: number }>();
  for (const TableName of [tables.job, tables.task]) {
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
      for (const item of Items) {
        const [serial, sent] = [Number(item.Serial?.N), Number(item.sent_timestamp?.N)];
        rows.set(rowKey(item), { serial, sent });
      }
    }
  }
  return rows;
}

/** The row and the time of each entry in the history. */
async function readEntries(client: DynamoDBClient, { history: TableName }: TableNames) {
  const entries: string[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
    for (const { job_id, task, at } of Items as Record<string, AttributeValue>[]) {
      const row = task === undefined ? job_id?.S : `${job_id?.S}/${task.N}`;
      entries.push(`${row} at ${at?.S?.split('#')[0]}`);
    }
  }
  return entries;
}

/** Sent again by its sender, a notification has the same entry. An entry of none counts as doubled. */
function compareEntries(sent: readonly SentNotification[], entries: readonly string[]) {
  const missing = new Set(sent.map(({ row, ticks }) => `${row} at ${sevenDigits(ticks)}`));
  const doubled = entries.filter((entry) => !missing.delete(entry));
  return { missing: [...missing], doubled };
}

/** A time as entries have it. */
function sevenDigits(ticks: bigint): string {
  const seconds = new Date(Number(ticks / 10_000n)).toISOString().slice(0, 19);
  return `${seconds}.${String(ticks % 10_000_000n).padStart(7, '0')}Z`;
}

function rowKey({ job_id, task_id }: Record<string, AttributeValue>): string {
  return task_id === undefined ? `${job_id?.S}` : `${job_id?.S}/${task_id.N}`;
}
