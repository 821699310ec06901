import type { Block, Row, Table } from '../markdown.ts';
import { type BillLine, billLines, lineCost } from './bill.ts';
import type { CostInputs } from './cost-inputs.ts';
import { type Price, READ } from './prices.ts';
import { FAILED_SHARE, MIB_PER_CORE } from './usage.ts';

const MILLION = 1_000_000;

/** The cost of a month by number of notifications, with its calculation and the prices. */
export function monthlyCost(
  inputs: CostInputs,
  volumes: readonly number[] = [10_000, MILLION, 100 * MILLION],
): Block[] {
  const lines = billLines(inputs);
  return [costs(lines, volumes), formulas(lines), assumptions(inputs), sources(lines)];
}

/** Sorts the lines by cost, highest first. */
function costs(lines: readonly BillLine[], volumes: readonly number[]): Table {
  const most = Math.max(...volumes);
  const sorted = lines.toSorted((a, b) => lineCost(b, most) - lineCost(a, most));
  const total = (n: number) => lines.reduce((sum, line) => sum + lineCost(line, n), 0);
  const row = (name: string, cost: (n: number) => number): Row => ({
    notifications: name,
    ...Object.fromEntries(
      volumes.map((n) => [`${n.toLocaleString('en-US')} a month`, dollars(cost(n))]),
    ),
  });
  return {
    title: 'A month in us-east-1, on demand, without free tiers',
    rows: [
      ...sorted.map((line) => row(line.name, (n) => lineCost(line, n))),
      row('**total**', total),
      row('**total per million**', (n) => (total(n) / n) * MILLION),
    ],
  };
}

function formulas(lines: readonly BillLine[]): Table {
  return {
    title: 'How each line is calculated, for n notifications a month (1 GB is 10^9 bytes)',
    rows: lines.map(({ name, formula, price }) => ({
      line: name,
      amount: formula,
      price: describePrice(price),
    })),
  };
}

function assumptions({ batchingWindow }: CostInputs): string {
  return `Assumptions:

- All notifications are of tasks, half of them starts and half stops, and all are stored; ${FAILED_SHARE * 100} %
  are of tasks that fail. Job notifications are few and smaller: each takes one write unit, plus one or two in
  its index. Duplicates and late arrivals cost no write.
- Storage and backups are those of the month's own rows for a whole month. Rows cost this again in every
  month that they are kept.
- Deadline sends once a minute, each burst arrives within the batching window of ${batchingWindow} s, and Lambda
  starts with five concurrent batches. The queue is polled as if it were always empty; full receives
  come on top.
- Metrics are those of the function and its event source, as if sent every hour. An alarm on metric math
  counts once per metric.
- Not measured on AWS: the time that an invocation waits, the CPU time per notification (a function has a whole
  core at ${MIB_PER_CORE} MiB), and how much Lambda itself logs.`;
}

function sources(lines: readonly BillLine[]): string {
  const prices = new Set(lines.map(({ price }) => price));
  const bySource = Map.groupBy(prices, ({ source, date }) =>
    date ? `${source} (${date})` : source,
  );
  const list = [...bySource].map(
    ([source, some]) => `- ${some.map(describePrice).join(', ')}: ${source}`,
  );
  return `Prices as of ${READ}, with the date of the source if it has one:

${list.join('\n')}

AWS lists them at https://aws.amazon.com/dynamodb/pricing/on-demand/, https://aws.amazon.com/sqs/pricing/,
https://aws.amazon.com/lambda/pricing/ and https://aws.amazon.com/cloudwatch/pricing/.`;
}

function describePrice({ usd, unit }: Price): string {
  return `${dollars(usd, 10)} a ${unit}`;
}

function dollars(amount: number, maximumFractionDigits = 2): string {
  return `$${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits })}`;
}
