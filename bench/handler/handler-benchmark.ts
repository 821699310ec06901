import { startDynamoDbLocal } from '../../src/local/engines/dynamodb-local.ts';
import { synthesize } from '../../src/local/template.ts';
import { runProcess } from '../child-process.ts';
import { figureOf, ratioOf } from '../figure.ts';
import type { Row, Table } from '../markdown.ts';
import { startInstantEndpoint } from '../stub-endpoint.ts';
import type { Side } from './baselines.ts';
import type { Sample, Task } from './measure-process.ts';

/** How many batches of each size a sample has: fewer where DynamoDB Local takes its time to store them. */
const BATCHES = [
  { size: 1, instant: 200, engine: 100 },
  { size: 10, instant: 50, engine: 20 },
  { size: 100, instant: 10, engine: 3 },
  { size: 1_000, instant: 1, engine: 1 },
  { size: 3_000, instant: 1, engine: 1 },
];
const INSTANT: Task = {
  rounds: 5,
  steps: ['new'],
  batches: BATCHES.map(({ size, instant: count }) => ({ size, count })),
};
const ENGINE: Task = {
  rounds: 3,
  steps: ['new', 'newer', 'again'],
  batches: BATCHES.map(({ size, engine: count }) => ({ size, count })),
};

/** What the sides are called in the tables. */
const NAMES: Readonly<Record<Side, string>> = {
  ours: 'ours',
  puts: 'PutItem',
  powertools: 'Powertools',
  batchWrites: 'BatchWriteItem',
  floor: 'floor',
};

/** How much CPU and time a record takes from an event of SQS to DynamoDB's answer. */
export async function run(signal: AbortSignal): Promise<Table[]> {
  const template = await synthesize();
  using instant = await startInstantEndpoint(signal);
  const ofInstant = await runProcess('measure', INSTANT, template, instant.endpoint, signal);
  const shares = await runProcess('profile', null, template, instant.endpoint, signal);
  await using engine = await startDynamoDbLocal({ port: 0, shared: false, signal });
  const ofEngine = await runProcess('measure', ENGINE, template, engine.endpoint, signal);
  return [
    { title: 'CPU, us a record, DynamoDB answers at once', rows: rows(INSTANT, ofInstant, cpu) },
    { title: 'Records a second, DynamoDB answers at once', rows: rows(INSTANT, ofInstant, speed) },
    {
      title: 'Where our CPU goes, new rows, batches of 1,000',
      rows: shares.map(({ part, percent }) => ({ part, '%': percent })),
    },
    { title: 'CPU, us a record, DynamoDB Local', rows: rows(ENGINE, ofEngine, cpu) },
    { title: 'Records a second, DynamoDB Local', rows: rows(ENGINE, ofEngine, speed) },
  ];
}

/** What is read off a sample, and how it compares: the greater, the better for ours, but for the floor. */
interface Reading {
  readonly of: (sample: Sample) => number;
  readonly ratios: Readonly<Record<string, readonly [Side, Side]>>;
}

const cpu: Reading = {
  of: (sample) => sample.cpu,
  ratios: {
    'PutItem / ours': ['puts', 'ours'],
    'Powertools / ours': ['powertools', 'ours'],
    'ours / floor': ['ours', 'floor'],
  },
};
const speed: Reading = {
  of: ({ seconds }) => 1 / seconds,
  ratios: {
    'ours / PutItem': ['ours', 'puts'],
    'ours / Powertools': ['ours', 'powertools'],
    'floor / ours': ['floor', 'ours'],
  },
};

function rows(
  { steps, batches }: Task,
  samples: readonly Sample[],
  { of, ratios }: Reading,
): Row[] {
  const cases = steps.flatMap((step) => batches.map(({ size }) => ({ step, size })));
  return cases.map(({ step, size }) => {
    const some = samples.filter((sample) => sample.step === step && sample.size === size);
    const values = (side: Side) => some.filter((sample) => sample.side === side).map(of);
    return {
      rows: `${step}, batches of ${size.toLocaleString('en-US')}`,
      ...Object.fromEntries(
        Object.entries(ratios).map(([ratio, [a, b]]) => [ratio, ratioOf(values(a), values(b))]),
      ),
      ...Object.fromEntries(
        Object.entries(NAMES).map(([side, title]) => [title, figureOf(values(side as Side))]),
      ),
    };
  });
}
