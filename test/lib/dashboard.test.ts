import { expect, test } from 'vitest';
import { synthesized } from '../support/stack.ts';

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

/** The dashboard's widgets; what is known once it is deployed is in angle brackets. */
const widgets: Widget[] = JSON.parse(
  propertiesOf('AWS::CloudWatch::Dashboard')
    .DashboardBody['Fn::Join'][1].map((part: unknown) =>
      typeof part === 'string' ? part : `<${JSON.stringify(part).replaceAll('"', "'")}>`,
    )
    .join(''),
).widgets;

test('it is one screen, in the order in which one asks', () => {
  const lines = widgets.map(({ properties }) => properties.title ?? properties.markdown);
  expect(lines).toEqual([
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

test('its widgets fill each line, and none covers another', () => {
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

test('it shows the state of each alarm', () => {
  expect(widgets[0]?.properties.alarms).toHaveLength(
    Object.keys(template.findResources('AWS::CloudWatch::Alarm')).length,
  );
});

test('its URL is put out', () => {
  const region = { Ref: 'AWS::Region' };
  expect(outputs()).toMatchObject({
    DashboardUrl: {
      'Fn::Join': [
        '',
        [
          'https://',
          region,
          '.console.aws.amazon.com/cloudwatch/home?region=',
          region,
          '#dashboards/dashboard/DeadlineNotifications',
        ],
      ],
    },
  });
});
