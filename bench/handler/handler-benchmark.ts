import { startDynamoDbLocal } from '../../src/local/engines/dynamodb-local.ts';
import { synthesize } from '../../src/local/template.ts';
import { summarize, summarizeRatio } from '../figure.ts';
import type { Row, Table } from '../markdown.ts';
import { startStubEndpoint } from '../stub-endpoint.ts';
import { HANDLER_NAMES, type HandlerName } from './baselines.ts';
import { type Measurement, measureHandlers, profileFunction, type Sample } from './measure.ts';

/** Events of each batch size: fewer with DynamoDB Local, which takes its time to store them. */
const BATCHES = [
  { size: 1, stub: 200, local: 100 },
  { size: 10, stub: 50, local: 20 },
  { size: 100, stub: 10, local: 3 },
  { size: 1_000, stub: 1, local: 1 },
  { size: 3_000, stub: 1, local: 1 },
];
const WITH_STUB: Measurement = {
  rounds: 5,
  steps: ['new'],
  batches: BATCHES.map(({ size, stub: count }) => ({ size, count })),
};
const WITH_LOCAL: Measurement = {
  rounds: 3,
  steps: ['new', 'newer', 'again'],
  batches: BATCHES.map(({ size, local: count }) => ({ size, count })),
};

/** CPU and time per record, from an SQS event to DynamoDB's response. */
export async function run(signal: AbortSignal): Promise<Table[]> {
  const template = await synthesize();
  using stub = await startStubEndpoint(signal);
  const withStub = await measureHandlers(WITH_STUB, template, stub.endpoint, signal);
  const shares = await profileFunction(template, stub.endpoint, signal);
  await using local = await startDynamoDbLocal({ port: 0, shared: false, signal });
  const withLocal = await measureHandlers(WITH_LOCAL, template, local.endpoint, signal);
  return [
    { title: 'CPU, us a record, DynamoDB answers at once', rows: rows(WITH_STUB, withStub, CPU) },
    { title: 'Records a second, DynamoDB answers at once', rows: rows(WITH_STUB, withStub, SPEED) },
    {
      title: 'Where our CPU goes, new rows, batches of 1,000',
      rows: shares.map(({ part, percent }) => ({ part, '%': percent })),
    },
    { title: 'CPU, us a record, DynamoDB Local', rows: rows(WITH_LOCAL, withLocal, CPU) },
    { title: 'Records a second, DynamoDB Local', rows: rows(WITH_LOCAL, withLocal, SPEED) },
  ];
}

/** What to read off a sample, and which handlers to compare. Ratios above 1 favor ours, except for the floor. */
interface Metric {
  readonly read: (sample: Sample) => number;
  readonly ratios: readonly (readonly [HandlerName, HandlerName])[];
}

const CPU: Metric = {
  read: ({ cpu }) => cpu,
  ratios: [
    ['PutItem', 'ours'],
    ['Powertools', 'ours'],
    ['ours', 'floor'],
  ],
};
const SPEED: Metric = {
  read: ({ seconds }) => 1 / seconds,
  ratios: [
    ['ours', 'PutItem'],
    ['ours', 'Powertools'],
    ['floor', 'ours'],
  ],
};

function rows(
  { steps, batches }: Measurement,
  samples: readonly Sample[],
  { read, ratios }: Metric,
): Row[] {
  const cases = steps.flatMap((step) => batches.map(({ size }) => ({ step, size })));
  return cases.map(({ step, size }) => {
    const some = samples.filter((each) => each.step === step && each.batchSize === size);
    const values = (name: HandlerName) => some.filter(({ handler }) => handler === name).map(read);
    return {
      rows: `${step}, batches of ${size.toLocaleString('en-US')}`,
      ...Object.fromEntries(
        ratios.map(([a, b]) => [`${a} / ${b}`, summarizeRatio(values(a), values(b))]),
      ),
      ...Object.fromEntries(HANDLER_NAMES.map((name) => [name, summarize(values(name))])),
    };
  });
}
