import { startDynamoDbLocal } from '../../src/local/engines/dynamodb-local.ts';
import { synthesize } from '../../src/local/template.ts';
import type { Report } from '../benchmarks.ts';
import { type Figure, summarize } from '../figure.ts';
import type { HandlerName } from '../handler/baselines.ts';
import { measureHandlers, type Sample, type Step } from '../handler/measure.ts';
import type { Row } from '../markdown.ts';
import { type CostInputs, readCostInputs } from './cost-inputs.ts';
import { emptyFieldsTable } from './empty-fields.ts';
import { historyTable } from './history-levels-cost.ts';
import { monthlyCost } from './monthly-cost.ts';
import { PRICES, type Price, READ } from './prices.ts';
import { renderingTable } from './rendering-index.ts';
import * as usage from './usage.ts';

export const about = `The cost of storing a task notification: from the sizes of its items, and CPU as measured with DynamoDB Local
(half new rows, half newer ones), with full batches. **ours** and **cheapest** are deployed like the stack, the
others with the defaults of Lambda's console: batches of 10, 128 MiB.

The extra cost of ours is the read. A conditional \`PutItem\` needs none, and is cheaper if every notification arrives
once and in order. But a rejected \`PutItem\` is billed as a write, while ours only reads duplicates and late arrivals.
At these prices, the read pays off from one such notification in ten, and it lets ours write in batches.

The documented task's counters are zero. With its counters filled, a stopped task takes a second write unit,
which the setting \`emptyFields\`: \`omit\` saves. With the setting \`rendering\`, its index takes a write unit when
a task starts, and one when it stops. With the setting \`history\`, each notification that has an entry takes a write
unit more.`;

/** The defaults of Lambda's console. */
const CONSOLE = { batchSize: 10, memoryMiB: 128 };

const ROUNDS = 5;
const MILLION = 1_000_000;
/** Enough notifications per month that all batches are full. */
const FULL_BATCHES = 1_000_000_000;

/** A handler and how it is deployed. */
interface Writer {
  readonly name: string;
  readonly handler: HandlerName;
  readonly reads: boolean;
  readonly batchSize: number;
  readonly memoryMiB: number;
}

/** Calculates the cost of a notification with each writer, and of a month. */
export async function run(signal: AbortSignal): Promise<Report> {
  const template = await synthesize();
  const inputs = readCostInputs(template);
  const { startedBytes, stoppedBytes, batchSize, memoryMiB } = inputs;
  const stack = { batchSize, memoryMiB };
  const writers: Writer[] = [
    { name: 'cheapest: one write, no read', handler: 'floor', reads: false, ...stack },
    { name: 'ours', handler: 'ours', reads: true, ...stack },
    { name: 'BatchWriteItem', handler: 'BatchWriteItem', reads: false, ...CONSOLE },
    { name: 'PutItem', handler: 'PutItem', reads: false, ...CONSOLE },
  ];
  const batches = [batchSize, CONSOLE.batchSize].map((size) => ({
    size,
    count: Math.ceil(batchSize / size),
  }));
  await using local = await startDynamoDbLocal({ port: 0, shared: false, signal });
  const samples = await measureHandlers(
    { rounds: ROUNDS, steps: ['new', 'newer'], batches },
    template,
    local.endpoint,
    signal,
  );
  return {
    blocks: [
      {
        title: `A notification of a task (items of ${startedBytes} and ${stoppedBytes} bytes), prices as of ${READ}`,
        rows: compare(writers, samples, inputs),
      },
      emptyFieldsTable(inputs),
      renderingTable(inputs),
      historyTable(inputs),
      ...monthlyCost(inputs),
    ],
  };
}

function compare(
  writers: readonly Writer[],
  samples: readonly Sample[],
  inputs: CostInputs,
): Row[] {
  const costs = writers.map((writer) => {
    const cpu = cpuPerNotification(writer, samples);
    const amounts = amountsPerNotification(writer, cpu.median / MILLION, inputs);
    const usd = amounts.reduce(
      (sum, [, amount, price]) => sum + (amount / price.size) * price.usd,
      0,
    );
    return { name: writer.name, usd, amounts, cpu };
  });
  const cheapest = Math.min(...costs.map(({ usd }) => usd));
  return costs.map(({ name, usd, amounts, cpu }) => ({
    writer: name,
    'times the cheapest': usd / cheapest,
    '$ per million': usd * MILLION,
    ...Object.fromEntries(amounts.map(([unit, amount]) => [unit, amount])),
    'CPU (us)': cpu,
  }));
}

/** CPU time in us, averaged over new and newer rows: a task's start is a new row, its stop a newer one. */
function cpuPerNotification({ handler, batchSize }: Writer, samples: readonly Sample[]): Figure {
  const cpu = (step: Step) =>
    samples
      .filter((each) => each.handler === handler && each.batchSize === batchSize)
      .filter((each) => each.step === step)
      .map((each) => each.cpu);
  const newer = cpu('newer');
  return summarize(cpu('new').map((us, round) => (us + (newer[round] as number)) / 2));
}

/** @param cpu in s */
function amountsPerNotification(
  { reads, batchSize, memoryMiB }: Writer,
  cpu: number,
  inputs: CostInputs,
): [unit: string, amount: number, price: Price][] {
  const deployed = { ...inputs, batchSize, memoryMiB, cpu };
  return [
    ['write units', usage.writeUnits(inputs), PRICES.write],
    ['read units', reads ? usage.readUnits(inputs) : 0, PRICES.read],
    ['SQS requests', usage.messageRequests(1), PRICES.sqs],
    ['invocations', 1 / batchSize, PRICES.invocation],
    ['GB-seconds', usage.gbSeconds(FULL_BATCHES, deployed) / FULL_BATCHES, PRICES.duration],
  ];
}
