import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONFIGURED } from '../../support/configurations.ts';
import { named } from '../../support/metric-lines.ts';
import { synthesized, text } from '../../support/synthesized.ts';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: string[];
    readonly query?: string;
    readonly metrics?: unknown[][];
  };
}

const { propertiesOf, outputs, template } = synthesized();

/** The dashboard; what is known once it is deployed is in angle brackets. */
const body: { start: string; widgets: Widget[] } = JSON.parse(
  text(propertiesOf('AWS::CloudWatch::Dashboard').DashboardBody),
);
const { widgets } = body;
const titles = widgets.map(({ properties }) => properties.title ?? properties.markdown);

test('fits on one screen, with the most urgent questions first', () => {
  expect(titles).toEqual([
    'Alarms',
    '### Is it flowing?',
    'Notifications',
    'Event source',
    'Queue',
    '### Is it late?',
    'Age of notifications when stored',
    'Oldest message',
    'Function: duration',
    '### Is anything lost?',
    'Refused and not stored',
    'Failures',
    'Not to be stored',
    'Refused messages',
    '### What does it cost?',
    'Tables: write units',
    'Tables: read units',
    'Function',
  ]);
  const ends = widgets.map(({ y, height }) => y + height);
  expect(Math.max(...ends)).toBeLessThan(30);
});

test('with events, a row says whether they go out', () => {
  const { template } = synthesized({ events: 'on' });
  const [{ Properties } = { Properties: {} }] = Object.values(
    template.findResources('AWS::CloudWatch::Dashboard'),
  );
  const shown = text(Properties.DashboardBody);
  expect(shown).toContain('### Do events go out?');
  for (const title of ['Events: behind', 'Events: function', 'Events: failures']) {
    expect(shown).toContain(title);
  }
});

test('with alerts, a row says whether they go out', () => {
  const { template } = synthesized({ alerts: CONFIGURED.alerts });
  const [{ Properties } = { Properties: {} }] = Object.values(
    template.findResources('AWS::CloudWatch::Dashboard'),
  );
  const shown = text(Properties.DashboardBody);
  expect(shown).toContain('### Do alerts go out?');
  for (const title of ['messages', 'behind', 'oldest message', 'failures']) {
    expect(shown).toContain(`"Alerts: ${title}"`);
  }
});

test('the documentation says of each widget what it shows', async () => {
  const path = join(import.meta.dirname, '..', '..', '..', 'docs', 'operation.md');
  const [, section = ''] = (await readFile(path, 'utf8')).split('## The dashboard\n');
  const [table = ''] = /^\| --- .*?\n\n/ms.exec(section) ?? [];
  const rows = table
    .split('\n')
    .slice(1)
    .filter((line) => line.startsWith('|'));
  const explained = rows.flatMap((line) => {
    const [, question, widget] = line.split('|').map((cell) => cell.trim());
    return question ? [`### ${question}`, widget] : [widget];
  });
  expect(explained).toEqual(titles);
});

const name = named(template);
/** What is in angle brackets, in a few words. */
const resolved = (value: string) =>
  value.replaceAll(/<(.*?)>/g, (_, reference: string) => name({ Ref: reference.split(',')[0] }));

test.for([
  [
    'Notifications',
    [
      'AWS/SQS NumberOfMessagesSent QueueName=DeadlineNotifications Sum',
      'DeadlineNotifications received service=DeadlineNotifications Sum',
      'DeadlineNotifications written service=DeadlineNotifications Sum',
    ],
  ],
  [
    'Event source',
    [
      'AWS/Lambda PolledEventCount EventSourceMappingUUID=EventSourceMapping Sum',
      'AWS/Lambda DeletedEventCount EventSourceMappingUUID=EventSourceMapping Sum',
    ],
  ],
  [
    'Queue',
    [
      'AWS/SQS ApproximateNumberOfMessagesVisible QueueName=DeadlineNotifications Maximum',
      'AWS/SQS ApproximateNumberOfMessagesNotVisible QueueName=DeadlineNotifications Maximum',
    ],
  ],
  [
    'Age of notifications when stored',
    [
      'DeadlineNotifications age service=DeadlineNotifications p50',
      'DeadlineNotifications age service=DeadlineNotifications p99',
    ],
  ],
  [
    'Oldest message',
    [
      'FILL(age, 0) + 0 * visible',
      'AWS/SQS ApproximateAgeOfOldestMessage QueueName=DeadlineNotifications Maximum',
      'AWS/SQS ApproximateNumberOfMessagesVisible QueueName=DeadlineNotifications Maximum',
    ],
  ],
  ['Function: duration', ['AWS/Lambda Duration FunctionName=Function Maximum']],
  [
    'Refused and not stored',
    [
      'DeadlineNotifications invalid service=DeadlineNotifications Sum',
      'DeadlineNotifications notWritten service=DeadlineNotifications Sum',
      'visible + FILL(held, 0)',
      'AWS/SQS ApproximateNumberOfMessagesVisible QueueName=DeadlineNotifications-DeadLetters Maximum',
      'AWS/SQS ApproximateNumberOfMessagesNotVisible QueueName=DeadlineNotifications-DeadLetters Maximum',
    ],
  ],
  [
    'Failures',
    [
      'AWS/Lambda Errors FunctionName=Function Sum',
      'AWS/Lambda Throttles FunctionName=Function Sum',
      'FILL(rj, 0) + FILL(wj, 0) + FILL(wij, 0) + FILL(rt, 0) + FILL(wt, 0) + FILL(wit, 0)',
      'AWS/DynamoDB ReadThrottleEvents TableName=DeadlineJobNotifications Sum',
      'AWS/DynamoDB WriteThrottleEvents TableName=DeadlineJobNotifications Sum',
      'AWS/DynamoDB WriteThrottleEvents GlobalSecondaryIndexName=by-time TableName=DeadlineJobNotifications Sum',
      'AWS/DynamoDB ReadThrottleEvents TableName=DeadlineTaskNotifications Sum',
      'AWS/DynamoDB WriteThrottleEvents TableName=DeadlineTaskNotifications Sum',
      'AWS/DynamoDB WriteThrottleEvents GlobalSecondaryIndexName=failed-by-time TableName=DeadlineTaskNotifications Sum',
    ],
  ],
  [
    'Not to be stored',
    [
      'DeadlineNotifications stale service=DeadlineNotifications Sum',
      'DeadlineNotifications superseded service=DeadlineNotifications Sum',
      'DeadlineNotifications lostRaces service=DeadlineNotifications Sum',
    ],
  ],
  [
    'Tables: write units',
    [
      'AWS/DynamoDB ConsumedWriteCapacityUnits TableName=DeadlineJobNotifications Sum',
      'AWS/DynamoDB ConsumedWriteCapacityUnits GlobalSecondaryIndexName=by-time TableName=DeadlineJobNotifications Sum',
      'AWS/DynamoDB ConsumedWriteCapacityUnits TableName=DeadlineTaskNotifications Sum',
      'AWS/DynamoDB ConsumedWriteCapacityUnits GlobalSecondaryIndexName=failed-by-time TableName=DeadlineTaskNotifications Sum',
    ],
  ],
  [
    'Tables: read units',
    [
      'AWS/DynamoDB ConsumedReadCapacityUnits TableName=DeadlineJobNotifications Sum',
      'AWS/DynamoDB ConsumedReadCapacityUnits GlobalSecondaryIndexName=by-time TableName=DeadlineJobNotifications Sum',
      'AWS/DynamoDB ConsumedReadCapacityUnits TableName=DeadlineTaskNotifications Sum',
      'AWS/DynamoDB ConsumedReadCapacityUnits GlobalSecondaryIndexName=failed-by-time TableName=DeadlineTaskNotifications Sum',
    ],
  ],
  [
    'Function',
    [
      'AWS/Lambda Invocations FunctionName=Function Sum',
      'AWS/Lambda ConcurrentExecutions FunctionName=Function Maximum',
    ],
  ],
] as const)('%s shows %s, per minute', ([title, expected]) => {
  const metrics = widgets.find(({ properties }) => properties.title === title)?.properties.metrics;
  const shown = metrics?.map((metric) => {
    const { expression, stat, period } = metric.at(-1) as Record<string, unknown>;
    expect(period).toBe(60);
    if (expression !== undefined) return expression;
    const [namespace, metricName, ...dimensions] = metric.slice(0, -1).map(String);
    const pairs = dimensions.flatMap((value, index) =>
      index % 2 === 0 ? [] : [`${dimensions[index - 1]}=${resolved(value)}`],
    );
    return [namespace, metricName, ...pairs, stat].join(' ');
  });
  expect(shown).toEqual(expected);
});

test('covers a working day, and shows the newest rejected messages in the log', () => {
  expect(body.start).toBe('-PT8H');
  const [query] = widgets.flatMap(({ properties }) => properties.query ?? []);
  expect(resolved(query ?? '')).toBe(
    [
      "SOURCE 'LogGroup' | fields @timestamp, messageId, reason, receives",
      'filter message = "Invalid message"',
      'sort @timestamp desc',
      'limit 20',
    ].join('\n| '),
  );
});

test('its widgets fill each row without overlapping', () => {
  const cells = new Set<string>();
  let area = 0;
  for (const { x, y, width, height } of widgets) {
    area += width * height;
    for (let column = x; column < x + width; column += 1) {
      for (let line = y; line < y + height; line += 1) cells.add(`${column} ${line}`);
    }
  }
  expect(cells.size).toBe(area);
  expect(area % 24).toBe(0);
});

test('shows the state of each alarm', () => {
  expect(widgets[0]?.properties.alarms).toHaveLength(
    Object.keys(template.findResources('AWS::CloudWatch::Alarm')).length,
  );
});

test("its name contains the region, as an account's regions share dashboard names, and its URL is an output", () => {
  const region = { Ref: 'AWS::Region' };
  expect(propertiesOf('AWS::CloudWatch::Dashboard').DashboardName).toEqual({
    'Fn::Join': ['', ['DeadlineNotifications-', region]],
  });
  const {
    'Fn::Join': [, parts],
  } = outputs().DashboardUrl as { 'Fn::Join': [string, unknown[]] };
  expect(parts.toSpliced(3, 1)).toEqual([
    'https://',
    region,
    '.',
    '/cloudwatch/home?region=',
    region,
    '#dashboards/dashboard/DeadlineNotifications-',
    region,
  ]);
});
