import type { CostInputs } from './cost-inputs.ts';
import { PRICES, type Price } from './prices.ts';
import * as usage from './usage.ts';

/** A line of a month's bill. */
export interface BillLine {
  readonly name: string;
  readonly price: Price;
  /** The billed amount for `n` notifications, in units of the price. */
  readonly amount: (n: number) => number;
  /** The formula of that amount. */
  readonly formula: string;
}

/** The cost of a line per month, in US dollars. */
export function lineCost({ amount, price }: BillLine, n: number): number {
  return (amount(n) / price.size) * price.usd;
}

/** All lines of a month's bill. */
export function billLines(inputs: CostInputs): BillLine[] {
  return [...dynamoDb(inputs), ...sqs(), ...lambda(inputs), ...cloudWatch(inputs)];
}

function dynamoDb(inputs: CostInputs): BillLine[] {
  const { startedBytes, stoppedBytes, pointInTimeRecovery } = inputs;
  const items = `items of ${startedBytes} and ${stoppedBytes} bytes`;
  const stored = (n: number) => usage.storedGb(n, inputs);
  return [
    {
      name: 'DynamoDB writes',
      price: PRICES.write,
      amount: (n) => n * usage.writeUnits(inputs),
      formula: `n × ${usage.writeUnits(inputs)}: ${items}, a unit has ${usage.UNIT_BYTES.write}`,
    },
    {
      name: 'DynamoDB index of failed tasks',
      price: PRICES.write,
      amount: (n) => n * usage.FAILED_SHARE * usage.INDEX_WRITES,
      formula: `n × ${usage.FAILED_SHARE} that fail × ${usage.INDEX_WRITES}: into the index, and out again`,
    },
    {
      name: 'DynamoDB reads',
      price: PRICES.read,
      amount: (n) => n * usage.readUnits(inputs),
      formula: `n × ${usage.readUnits(inputs)}: ${items}, a unit has ${usage.UNIT_BYTES.read}`,
    },
    {
      name: 'DynamoDB storage',
      price: PRICES.storage,
      amount: stored,
      formula: `n / ${usage.NOTIFICATIONS_PER_ROW} rows × (${stoppedBytes} + ${usage.ITEM_OVERHEAD}) bytes`,
    },
    {
      name: 'DynamoDB backups (PITR)',
      price: PRICES.backup,
      amount: (n) => (pointInTimeRecovery ? stored(n) : 0),
      formula: pointInTimeRecovery ? 'the same' : 'none',
    },
  ];
}

function sqs(): BillLine[] {
  const { MESSAGES_PER_REQUEST: messages, POLLERS, POLL_SECONDS, HOURS_PER_MONTH } = usage;
  return [
    {
      name: 'SQS requests',
      price: PRICES.sqs,
      amount: usage.messageRequests,
      formula: `n sent + n / ${messages} received + n / ${messages} deleted`,
    },
    {
      name: 'SQS polling while idle',
      price: PRICES.sqs,
      amount: usage.idleRequests,
      formula: `${POLLERS} pollers × ${HOURS_PER_MONTH} h / ${POLL_SECONDS} s`,
    },
  ];
}

function lambda(inputs: CostInputs): BillLine[] {
  const { batchSize, cpu, memoryMiB } = inputs;
  const { POLLERS, BURSTS_PER_HOUR, HOURS_PER_MONTH, MIB_PER_CORE, WAIT_SECONDS } = usage;
  const bursts = `${POLLERS} × ${BURSTS_PER_HOUR} an hour × ${HOURS_PER_MONTH} h`;
  const core = `min(1, ${memoryMiB} / ${MIB_PER_CORE})`;
  return [
    {
      name: 'Lambda requests',
      price: PRICES.invocation,
      amount: (n) => usage.invocations(n, inputs),
      formula: `i = max(n / ${batchSize}, min(n, ${bursts}))`,
    },
    {
      name: 'Lambda duration',
      price: PRICES.duration,
      amount: (n) => usage.gbSeconds(n, inputs),
      formula: `(i × ${WAIT_SECONDS} s + n × ${cpu} s / ${core}) × ${memoryMiB} / 1024`,
    },
  ];
}

function cloudWatch(inputs: CostInputs): BillLine[] {
  const { logBytes, logBytesEach, logDays, customMetrics, alarmMetrics, dashboards } = inputs;
  const count = (name: string, price: Price, amount: number): BillLine => {
    return { name, price, amount: () => amount, formula: String(amount) };
  };
  return [
    {
      name: 'CloudWatch logs, written',
      price: PRICES.log,
      amount: (n) => usage.logGb(n, inputs),
      formula: `i × (${logBytes} + ${usage.LAMBDA_LOG_BYTES}) bytes + n × ${logBytesEach} bytes`,
    },
    {
      name: 'CloudWatch logs, kept',
      price: PRICES.logKept,
      amount: (n) => usage.logGb(n, inputs) * ((logDays * 24) / usage.HOURS_PER_MONTH),
      formula: `the same × ${logDays} days / ${usage.HOURS_PER_MONTH} h`,
    },
    count('CloudWatch metrics', PRICES.metric, customMetrics),
    count('CloudWatch alarms', PRICES.alarm, alarmMetrics),
    count('CloudWatch dashboards', PRICES.dashboard, dashboards),
  ];
}
