import { startDynamoDbLocal } from '../../src/local/engines/dynamodb-local.ts';
import { synthesize } from '../../src/local/template.ts';
import { summarize } from '../figure.ts';
import type { HandlerName } from '../handler/baselines.ts';
import { type Measurement, measureHandlers, type Step } from '../handler/measure.ts';
import type { Table } from '../markdown.ts';
import { type Basis, basisOf } from './cost-inputs.ts';
import { emptyFieldsTable } from './empty-fields.ts';
import { PRICES, type Price, READ } from './prices.ts';
import * as usage from './usage.ts';

/** As Lambda's console sets up a function and its queue, where one does not know better. */
const CONSOLE = { batchSize: 10, memoryMiB: 128 };

/** So many a month that all batches are full. */
const MANY = 1_000_000_000;
const MILLION = 1_000_000;

/** A way to write, and how it is deployed. */
interface Way {
  readonly name: string;
  /** Whose CPU it takes. */
  readonly handler: HandlerName;
  readonly reads: boolean;
  readonly deployed: Pick<Basis, 'batchSize' | 'memoryMiB'>;
}

/** What a notification costs, beside the cheapest possible and what one would otherwise deploy. */
export async function run(signal: AbortSignal): Promise<Table[]> {
  const template = await synthesize();
  const basis = basisOf(template);
  const ways: Way[] = [
    { name: 'cheapest: one write, no read', handler: 'floor', reads: false, deployed: basis },
    { name: 'ours', handler: 'ours', reads: true, deployed: basis },
    { name: 'BatchWriteItem', handler: 'BatchWriteItem', reads: false, deployed: CONSOLE },
    { name: 'PutItem', handler: 'PutItem', reads: false, deployed: CONSOLE },
  ];

  const batches = [basis.batchSize, CONSOLE.batchSize].map((size) => ({
    size,
    count: Math.ceil(basis.batchSize / size),
  }));
  const measurement: Measurement = { rounds: 5, steps: ['new', 'newer'], batches };
  await using engine = await startDynamoDbLocal({ port: 0, shared: false, signal });
  const samples = await measureHandlers(measurement, template, engine.endpoint, signal);

  const found = ways.map(({ name, handler, reads, deployed: { batchSize, memoryMiB } }) => {
    const values = (step: Step) =>
      samples
        .filter(
          (each) => each.handler === handler && each.batchSize === batchSize && each.step === step,
        )
        .map((sample) => sample.cpu);
    const newer = values('newer');
    // A task's start is a new row, and its stop a newer one.
    const cpu = summarize(values('new').map((us, round) => (us + (newer[round] as number)) / 2));
    const so = { ...basis, batchSize, memoryMiB, cpu: cpu.median / MILLION };
    const amounts: [name: string, amount: number, price: Price][] = [
      ['write units', usage.writeUnits(basis), PRICES.write],
      ['read units', reads ? usage.readUnits(basis) : 0, PRICES.read],
      ['SQS requests', usage.messageRequests(1), PRICES.sqs],
      ['invocations', 1 / batchSize, PRICES.invocation],
      ['GB-seconds', usage.gbSeconds(MANY, so) / MANY, PRICES.duration],
    ];
    const dollars = amounts.reduce(
      (sum, [, amount, { usd, size }]) => sum + (amount / size) * usd,
      0,
    );
    const each = Object.fromEntries(amounts.map(([unit, amount]) => [unit, amount]));
    return { name, dollars, each: { ...each, 'CPU, us': cpu } };
  });
  const cheapest = Math.min(...found.map(({ dollars }) => dollars));
  return [
    {
      title: `A notification of a task (items of ${basis.startedBytes} and ${basis.stoppedBytes} bytes), prices of ${READ}`,
      rows: found.map(({ name, dollars, each }) => ({
        way: name,
        'times the cheapest': dollars / cheapest,
        '$ a million': dollars * MILLION,
        ...each,
      })),
    },
    emptyFieldsTable(basis),
  ];
}
