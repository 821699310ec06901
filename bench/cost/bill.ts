import type { Basis } from './cost-inputs.ts';
import { PRICES, type Price } from './prices.ts';
import * as usage from './usage.ts';

/** One line of the bill of a month. */
export interface Line {
  readonly what: string;
  readonly price: Price;
  /** How much of what the price is asked for, by the number of notifications. */
  readonly amount: (notifications: number) => number;
  /** The same as a formula of n. */
  readonly formula: string;
}

/** What the line costs a month, in US dollars. */
export function cost({ amount, price }: Line, notifications: number): number {
  return (amount(notifications) / price.size) * price.usd;
}

/** All lines of the bill. */
export function bill(basis: Basis): Line[] {
  return [...dynamoDb(basis), ...sqs(), ...lambda(basis), ...cloudWatch(basis)];
}

function dynamoDb(basis: Basis): Line[] {
  const { startedBytes, stoppedBytes, pointInTimeRecovery } = basis;
  const items = `items of ${startedBytes} and ${stoppedBytes} bytes`;
  const stored = (n: number) => usage.storedGb(n, basis);
  const row = `(${stoppedBytes} + ${usage.ITEM_OVERHEAD}) bytes`;
  return [
    {
      what: 'DynamoDB writes',
      price: PRICES.write,
      amount: (n) => n * usage.writeUnits(basis),
      formula: `n × ${usage.writeUnits(basis)}: ${items}, a unit has ${usage.UNIT.write}`,
    },
    {
      what: 'DynamoDB index of failed tasks',
      price: PRICES.write,
      amount: (n) => n * usage.FAILING * usage.INDEX_WRITES,
      formula: `n × ${usage.FAILING} that fail × ${usage.INDEX_WRITES}: put, and taken out again`,
    },
    {
      what: 'DynamoDB reads',
      price: PRICES.read,
      amount: (n) => n * usage.readUnits(basis),
      formula: `n × ${usage.readUnits(basis)}: ${items}, a unit has ${usage.UNIT.read}`,
    },
    {
      what: 'DynamoDB storage',
      price: PRICES.storage,
      amount: stored,
      formula: `n / ${usage.NOTIFICATIONS_PER_ROW} rows × ${row}`,
    },
    {
      what: 'DynamoDB backups (PITR)',
      price: PRICES.backup,
      amount: (n) => (pointInTimeRecovery ? stored(n) : 0),
      formula: pointInTimeRecovery ? 'the same' : 'none',
    },
  ];
}

function sqs(): Line[] {
  const { MESSAGES_PER_REQUEST: messages, POLLERS, POLL, HOURS } = usage;
  return [
    {
      what: 'SQS requests',
      price: PRICES.sqs,
      amount: usage.messageRequests,
      formula: `n sent + n / ${messages} received + n / ${messages} deleted`,
    },
    {
      what: 'SQS polling while idle',
      price: PRICES.sqs,
      amount: usage.idleRequests,
      formula: `${POLLERS} pollers × ${HOURS} h / ${POLL} s`,
    },
  ];
}

function lambda(basis: Basis): Line[] {
  const { POLLERS, BURSTS_PER_HOUR, HOURS, MIB_PER_CORE } = usage;
  const core = `min(1, ${basis.memoryMiB} / ${MIB_PER_CORE})`;
  return [
    {
      what: 'Lambda requests',
      price: PRICES.invocation,
      amount: (n) => usage.invocations(n, basis),
      formula: `i = max(n / ${basis.batchSize}, min(n, ${POLLERS} × ${BURSTS_PER_HOUR} an hour × ${HOURS} h))`,
    },
    {
      what: 'Lambda duration',
      price: PRICES.duration,
      amount: (n) => usage.gbSeconds(n, basis),
      formula: `(i × ${usage.WAIT} s + n × ${basis.cpu} s / ${core}) × ${basis.memoryMiB} / 1024`,
    },
  ];
}

function cloudWatch(basis: Basis): Line[] {
  const months = (basis.logDays * 24) / usage.HOURS;
  return [
    {
      what: 'CloudWatch logs, written',
      price: PRICES.log,
      amount: (n) => usage.logGb(n, basis),
      formula: `i × (${basis.logBytes} + ${usage.LAMBDA_LOG_BYTES}) bytes + n × ${basis.logBytesEach} bytes`,
    },
    {
      what: 'CloudWatch logs, kept',
      price: PRICES.logKept,
      amount: (n) => usage.logGb(n, basis) * months,
      formula: `the same × ${basis.logDays} days / ${usage.HOURS} h`,
    },
    {
      what: 'CloudWatch metrics',
      price: PRICES.metric,
      amount: () => basis.customMetrics,
      formula: `${basis.customMetrics}`,
    },
    {
      what: 'CloudWatch alarms',
      price: PRICES.alarm,
      amount: () => basis.alarmMetrics,
      formula: `${basis.alarmMetrics}`,
    },
    {
      what: 'CloudWatch dashboards',
      price: PRICES.dashboard,
      amount: () => basis.dashboards,
      formula: `${basis.dashboards}`,
    },
  ];
}
