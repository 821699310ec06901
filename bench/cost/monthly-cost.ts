import { bill, cost, type Line } from './bill.ts';
import type { Basis } from './cost-inputs.ts';
import { type Price, READ } from './prices.ts';
import { MIB_PER_CORE } from './usage.ts';

const MILLION = 1_000_000;

/** What a month costs at each number of notifications, and how that is reckoned, in Markdown. */
export function showCost(basis: Basis, volumes: readonly number[]): string {
  const lines = bill(basis);
  return `
What a month costs in us-east-1, on demand, without any free tier:

${costs(lines, volumes)}

How much there is of each with n notifications a month, and its price. A GB is 10^9 bytes:

${formulas(lines)}

- All are notifications of tasks, half of them starts and half stops, and each is stored. Those of
  jobs are few, and smaller: each takes a write unit, and one or two in its index. What is not stored,
  as it comes twice or too late, costs no write.
- Storage and backups are those of the month's own rows, for all of a month. The rows cost that
  again in each month that they are kept: it adds up.
- Deadline sends once a minute, what it sends arrives within the batching window of ${basis.batchingWindow} s, and Lambda
  begins with five batches at once. The queue is polled all the time as if it were empty, and each
  receive beside that is full.
- The metrics are the function's own and those of its event source, as if sent in every hour. An
  alarm on metric math counts once for each metric that it watches.
- Assumed, not measured on AWS: how long an invocation waits, how long a core takes for a
  notification (a function has a core at ${MIB_PER_CORE} MiB), and how much Lambda itself logs.

Where the prices were read on ${READ}, with the date of the source if it bears one:

${sources(lines)}

AWS shows them at https://aws.amazon.com/dynamodb/pricing/on-demand/, https://aws.amazon.com/sqs/pricing/,
https://aws.amazon.com/lambda/pricing/ and https://aws.amazon.com/cloudwatch/pricing/.`;
}

/** The greatest first. */
function costs(lines: readonly Line[], volumes: readonly number[]): string {
  const most = Math.max(...volumes);
  const sorted = lines.toSorted((a, b) => cost(b, most) - cost(a, most));
  const totals = volumes.map((n) => lines.reduce((sum, line) => sum + cost(line, n), 0));
  return table(
    ['notifications a month', ...volumes.map((n) => n.toLocaleString('en-US'))],
    [
      ...sorted.map((line) => [line.what, ...volumes.map((n) => dollars(cost(line, n)))]),
      ['**total**', ...totals.map((total) => dollars(total))],
      [
        '**total a million**',
        ...totals.map((total, index) => dollars((total / (volumes[index] as number)) * MILLION)),
      ],
    ],
  );
}

function formulas(lines: readonly Line[]): string {
  return table(
    ['what', 'how much', 'price'],
    lines.map(({ what, formula, price }) => [what, formula, asked(price)]),
  );
}

function sources(lines: readonly Line[]): string {
  const prices = new Set(lines.map(({ price }) => price));
  return [...Map.groupBy(prices, ({ source, date }) => (date ? `${source} (${date})` : source))]
    .map(([source, some]) => `- ${some.map(asked).join(', ')}: ${source}`)
    .join('\n');
}

function asked({ usd, unit }: Price): string {
  return `${dollars(usd, 10)} a ${unit}`;
}

function dollars(amount: number, maximumFractionDigits = 2): string {
  return `$${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits })}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
