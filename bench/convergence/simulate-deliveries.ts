import { type AttributeValue, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { Random } from '../../src/local/farm/random.ts';
import { measure, type Usage } from './request-count.ts';
import { Steps } from './seeded-scheduler.ts';
import { farm, newestOfEach, type Sent } from './sent-notifications.ts';
import { Life } from './simulated-invocation.ts';
import { batches, disordered } from './simulated-queue.ts';
import type { TableNames, Writer } from './writers.ts';

/** How many invocations run at once: the stack's `maxConcurrency`. */
const INVOCATIONS = 10;
/** How many of a hundred batches are delivered again although they were acknowledged. */
const FORGOTTEN = 3;

/** How one simulation ended. */
export interface Result extends Usage {
  readonly rows: number;
  /** Rows that are not their newest notification. */
  readonly stale: string[];
  readonly missing: string[];
  /** Records that were handed to invocations, each time that they were. */
  readonly deliveries: number;
  readonly invocations: number;
  readonly killed: number;
  /** Records that invocations gave back as not stored. */
  readonly reported: number;
}

/**
 * Delivers what a farm sends in disorder, twice, in batches, to invocations that run at once and are
 * killed now and then, until all is acknowledged, and holds the tables against what was sent. The
 * seed makes all of it again, the order of all requests included.
 *
 * @param tables empty ones, that the client reaches
 */
export async function simulate(
  seed: number,
  tasks: number,
  writer: Writer,
  client: DynamoDBClient,
  tables: TableNames,
  signal: AbortSignal,
): Promise<Result> {
  const plan = new Random(seed);
  const sent = farm(tasks, plan);
  const queue = batches(disordered(sent, plan), plan);
  const usage = measure(client);

  const random = new Random(seed + 1_000_000);
  const steps = new Steps(random);
  const deliverAgain = (batch: readonly Sent[]) => {
    for (const each of batches(batch, random)) queue.splice(random.int(0, queue.length), 0, each);
  };
  let deliveries = 0;
  let invocations = 0;
  let killed = 0;
  let reported = 0;
  const bySerial = new Map(sent.map((each) => [each.record.messageId, each]));

  const invoke = async (batch: Sent[]) => {
    deliveries += batch.length;
    invocations += 1;
    const life = new Life(steps, random);
    const records = batch.map(({ record }) => record);
    const answer = await Promise.race([
      writer(records, life.client(client), tables, life.patience),
      life.death,
    ]);
    if (answer === 'killed') killed += 1;
    else reported += answer.length;
    if (answer === 'killed' || random.chance(FORGOTTEN)) deliverAgain(batch);
    else deliverAgain(answer.map(({ messageId }) => bySerial.get(messageId) as Sent));
  };
  const atOnce = Array.from({ length: INVOCATIONS }, async () => {
    for (let batch = queue.shift(); batch; batch = queue.shift()) await invoke(batch);
  });
  await Promise.all([steps.run(signal), ...atOnce]);

  const stored = await storedSerials(client, tables);
  const newest = [...newestOfEach(sent).values()];
  return {
    ...usage,
    rows: newest.length,
    stale: newest
      .filter(({ row, serial }) => stored.has(row) && stored.get(row) !== serial)
      .map(({ row }) => row),
    missing: newest.filter(({ row }) => !stored.has(row)).map(({ row }) => row),
    deliveries,
    invocations,
    killed,
    reported,
  };
}

/** Which notification each row is. */
async function storedSerials(client: DynamoDBClient, tables: TableNames) {
  const serials = new Map<string, number>();
  for (const TableName of Object.values(tables)) {
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
      for (const item of Items) serials.set(rowOf(item), Number(item.Serial?.N));
    }
  }
  return serials;
}

function rowOf({ job_id, task_id }: Record<string, AttributeValue>): string {
  return task_id === undefined ? `${job_id?.S}` : `${job_id?.S}/${task_id.N}`;
}
