import { type AttributeValue, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { Random } from '../../src/local/farm/random.ts';
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
  const { seed, tasks, writer, client, tables, signal } = simulation;
  const farm = new Random(seed);
  const sent = generateNotifications(tasks, farm);
  const queue = new SimulatedQueue(sent, farm);
  const bySerial = new Map(sent.map((each) => [each.record.messageId, each]));
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
      writer(records, invocation.client(client), tables, invocation.retry),
      invocation.killed,
    ]);
    if (answer === 'killed') killed += 1;
    else failures += answer.length;
    const isWhole = answer === 'killed' || random.chance(PERCENT_FORGOTTEN);
    const again = isWhole ? batch : answer.map(({ messageId }) => bySerial.get(messageId));
    queue.redeliver(again as SentNotification[], random);
  };
  const workers = Array.from({ length: CONCURRENCY }, async () => {
    for (let batch = queue.receive(); batch; batch = queue.receive()) await invoke(batch);
  });
  await Promise.all([scheduler.run(signal), ...workers]);

  const stored = await readSerials(client, tables);
  const newest = [...newestByRow(sent).values()];
  const rowsThat = (test: (notification: SentNotification) => boolean) =>
    newest.filter(test).map(({ row }) => row);
  return {
    ...requests,
    rows: newest.length,
    stale: rowsThat(({ row, serial }) => stored.has(row) && stored.get(row) !== serial),
    missing: rowsThat(({ row }) => !stored.has(row)),
    deliveries,
    invocations,
    killed,
    failures,
  };
}

/** The serial number of the notification in each row. */
async function readSerials(client: DynamoDBClient, tables: TableNames) {
  const serials = new Map<string, number>();
  for (const TableName of Object.values(tables)) {
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
      for (const item of Items) serials.set(rowKey(item), Number(item.Serial?.N));
    }
  }
  return serials;
}

function rowKey({ job_id, task_id }: Record<string, AttributeValue>): string {
  return task_id === undefined ? `${job_id?.S}` : `${job_id?.S}/${task_id.N}`;
}
