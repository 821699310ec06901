import { startDynamoDbLocal } from '../../src/local/engines/dynamodb-local.ts';
import { synthesize } from '../../src/local/template.ts';
import type { Report } from '../benchmarks.ts';
import { summarize, summarizeRatio } from '../figure.ts';
import type { Row } from '../markdown.ts';
import { startStubEndpoint } from '../stub-endpoint.ts';
import { HANDLER_NAMES, type HandlerName } from './baselines.ts';
import { historyTable } from './history-levels.ts';
import { type Measurement, measureHandlers, profileFunction, type Sample } from './measure.ts';

export const about = `Each handler is invoked with one event of documented task notifications after another. Their rows are \`new\`, or the
notifications are \`newer\` than the stored ones, or the same arrive \`again\`, as in a redelivery.

- **ours**: the function as deployed, with its log and metrics
- **PutItem**: a conditional \`PutItem\` per record with the SDK's document client, 50 at a time
- **Powertools**: the same, all at once, with the batch utility of Powertools for AWS Lambda
- **BatchWriteItem**: the newest notification of each task in the batch, by \`BatchWriteItem\`, regardless of the stored
  row. This is what Deadline's documented example intends, and it leaves [stale rows](#convergence).
- **floor**: \`JSON.parse\`, conversion, and \`BatchWriteItem\` requests of 25, with no checks

The stub endpoint answers every request immediately, so it shows the cost of the handler itself. DynamoDB Local needs
more time for a statement than for an item, which slows ours down. AWS documents the same latency for both.

Beyond the floor, ours checks each item, reads before it writes, and writes statements instead of items. For a single
message, it sends two requests; the batching window makes those rare. Look at the ratios first: above 1, ours is
better than its rival. For the floor, it is the other way around: above 1, the floor is better.

With the setting \`history\`, the function also writes entries, 25 a request: of \`problems\`, few notifications have one.`;

/** Events per batch size: fewer with DynamoDB Local, which is slow to store them. */
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

/** Measures CPU and time per record, from an SQS event to DynamoDB's response. */
export async function run(signal: AbortSignal): Promise<Report> {
  const template = await synthesize();
  using stub = await startStubEndpoint(signal);
  const withStub = await measureHandlers(WITH_STUB, template, stub.endpoint, signal);
  const byHistory = await historyTable(stub.endpoint, signal);
  const shares = await profileFunction(template, stub.endpoint, signal);
  await using local = await startDynamoDbLocal({ port: 0, shared: false, signal });
  const withLocal = await measureHandlers(WITH_LOCAL, template, local.endpoint, signal);
  return {
    blocks: [
      { title: 'CPU per record (us), stub endpoint', rows: compare(WITH_STUB, withStub, CPU) },
      { title: 'Records per second, stub endpoint', rows: compare(WITH_STUB, withStub, SPEED) },
      byHistory,
      {
        title: 'Where the CPU of ours goes: new rows, batches of 1,000, stub endpoint',
        rows: shares.map(({ part, percent }) => ({ part, '%': percent })),
      },
      { title: 'CPU per record (us), DynamoDB Local', rows: compare(WITH_LOCAL, withLocal, CPU) },
      { title: 'Records per second, DynamoDB Local', rows: compare(WITH_LOCAL, withLocal, SPEED) },
    ],
  };
}

/** What to read from a sample, and which handlers to compare. Ratios above 1 favor ours, except for the floor. */
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

function compare(
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
