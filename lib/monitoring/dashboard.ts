import { Aws, Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  LogQueryWidget,
  PeriodOverride,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Names } from '../../src/shared/resource-names.ts';
import type { AlertMetrics } from '../alerts/alert-metrics.ts';
import type { EventMetrics } from '../events/event-metrics.ts';
import { consoleHost } from './console-host.ts';
import type { PipelineMetrics } from './pipeline-metrics.ts';

/** In columns of a CloudWatch dashboard, which has 24. */
const FULL_WIDTH = 24;
/** In units of the dashboard's grid, so that everything fits on one screen. */
const HEIGHT = 4;

export interface DashboardProps {
  readonly names: Names;
  readonly metrics: PipelineMetrics;
  /** `undefined` where events are off. */
  readonly events: EventMetrics | undefined;
  /** `undefined` where there are no alerts. */
  readonly alerts: AlertMetrics | undefined;
  readonly alarms: readonly Alarm[];
  readonly logGroup: ILogGroup;
}

/** Dashboard names are unique across all regions of an account (CloudFormation, Dashboard). */
export function dashboardName({ name }: Names): string {
  return `${name}-${Aws.REGION}`;
}

/** A dashboard of one screen, with the most urgent questions first. */
export class PipelineDashboard extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { names, alarms } = props;
    const name = dashboardName(names);
    this.url = `https://${Aws.REGION}.${consoleHost(this)}/cloudwatch/home?region=${Aws.REGION}#dashboards/dashboard/${name}`;
    // The intermediate construct keeps the logical id of deployed dashboards.
    const dashboard = new Dashboard(new Construct(this, 'Dashboards'), 'Dashboard', {
      dashboardName: name,
      defaultInterval: Duration.hours(8),
      periodOverride: PeriodOverride.INHERIT,
    });
    dashboard.addWidgets(
      new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: FULL_WIDTH, height: 3 }),
    );
    for (const { question, graphs, below } of sections(props)) {
      dashboard.addWidgets(
        new TextWidget({ markdown: `### ${question}`, width: FULL_WIDTH, height: 1 }),
      );
      dashboard.addWidgets(...graphs.map((graph) => graphWidget(graph, graphs.length)));
      if (below) dashboard.addWidgets(below);
    }
  }
}

interface Graph {
  readonly title: string;
  readonly metrics: readonly IMetric[];
}

interface Section {
  readonly question: string;
  /** Shown side by side. */
  readonly graphs: readonly Graph[];
  readonly below?: IWidget;
}

function sections({ metrics, events, alerts, logGroup }: DashboardProps): Section[] {
  return [
    {
      question: 'Is it flowing?',
      graphs: [
        { title: 'Notifications', metrics: [metrics.sent, metrics.received, metrics.written] },
        { title: 'Event source', metrics: [metrics.polled, metrics.deleted] },
        { title: 'Queue', metrics: [metrics.waiting, metrics.inFlight] },
      ],
    },
    {
      question: 'Is it late?',
      graphs: [
        { title: 'Age of notifications when stored', metrics: [metrics.ageP50, metrics.ageP99] },
        { title: 'Oldest message', metrics: [metrics.oldest] },
        { title: 'Function: duration', metrics: [metrics.duration] },
      ],
    },
    {
      question: 'Is anything lost?',
      graphs: [
        {
          title: 'Refused and not stored',
          metrics: [metrics.invalid, metrics.notWritten, metrics.deadLetters],
        },
        { title: 'Failures', metrics: [metrics.errors, metrics.throttles, metrics.tableThrottles] },
        {
          title: 'Not to be stored',
          metrics: [metrics.stale, metrics.superseded, metrics.lostRaces],
        },
      ],
      below: refused(logGroup),
    },
    ...(events ? [eventSection(events)] : []),
    ...(alerts ? [alertSection(alerts)] : []),
    {
      question: 'What does it cost?',
      graphs: [
        { title: 'Tables: write units', metrics: metrics.writeUnits },
        { title: 'Tables: read units', metrics: metrics.readUnits },
        { title: 'Function', metrics: [metrics.invocations, metrics.concurrency] },
      ],
    },
  ];
}

function eventSection(events: EventMetrics): Section {
  return {
    question: 'Do events go out?',
    graphs: [
      { title: 'Events: behind', metrics: [events.behind] },
      { title: 'Events: function', metrics: [events.invocations, events.duration] },
      { title: 'Events: failures', metrics: [events.errors, events.throttles, events.unsent] },
    ],
  };
}

function alertSection(alerts: AlertMetrics): Section {
  const { behind, made, sent, waiting, oldest, makerErrors, senderErrors, unread, unsent } = alerts;
  return {
    question: 'Do alerts go out?',
    graphs: [
      { title: 'Alerts: messages', metrics: [made, sent, waiting] },
      { title: 'Alerts: behind', metrics: [behind] },
      { title: 'Alerts: oldest message', metrics: [oldest] },
      { title: 'Alerts: failures', metrics: [makerErrors, senderErrors, unread, unsent] },
    ],
  };
}

/** @param count how many graphs share the row */
function graphWidget({ title, metrics }: Graph, count: number): GraphWidget {
  return new GraphWidget({
    title,
    left: [...metrics],
    width: FULL_WIDTH / count,
    height: HEIGHT,
  });
}

/** The log lines of invalid messages, newest first. */
function refused({ logGroupName }: ILogGroup): LogQueryWidget {
  return new LogQueryWidget({
    title: 'Refused messages',
    logGroupNames: [logGroupName],
    queryLines: [
      'fields @timestamp, messageId, reason, receives',
      'filter message = "Invalid message"',
      'sort @timestamp desc',
      'limit 20',
    ],
    width: FULL_WIDTH,
    height: HEIGHT,
  });
}
