import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib';
import type { ITableV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Grant, IGrantable, IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { resourceNames } from '../src/shared/resource-names.ts';
import { alertMetrics } from './alerts/alert-metrics.ts';
import { alertsOf } from './alerts/alert-setting.ts';
import { Alerting } from './alerts/alerting.ts';
import { configure } from './configuration.ts';
import { eventMetrics } from './events/event-metrics.ts';
import { EventPublisher } from './events/event-publisher.ts';
import { Alarms } from './monitoring/alarms.ts';
import { PipelineDashboard } from './monitoring/dashboard.ts';
import { pipelineMetrics } from './monitoring/pipeline-metrics.ts';
import { OUTPUT_DESCRIPTIONS, type OutputName } from './output-descriptions.ts';
import { setUpCommands } from './pipeline/adoption.ts';
import { Ingester } from './pipeline/ingester.ts';
import { NotificationQueues, senderPolicy } from './pipeline/queues.ts';
import { readerPolicy } from './pipeline/reader-policy.ts';
import { NotificationTables } from './pipeline/tables.ts';
import type { DeadlineNotificationsProps } from './props.ts';
import { placeOf, refuseElsewhere } from './stack-place.ts';

/**
 * The pipeline that stores the notifications of a Deadline Remote Connection Server in two tables, for use
 * in your own CDK app:
 *
 * ```ts
 * const notifications = new DeadlineNotifications(this, 'Notifications');
 * notifications.grantSend(renderQueue);
 * ```
 */
export class DeadlineNotifications extends Construct {
  /** Receives the notifications. Enter its URL in Deadline Monitor. */
  readonly queue: IQueue;
  readonly deadLetterQueue: IQueue;
  readonly jobTable: TableV2 | ITableV2;
  readonly taskTable: TableV2 | ITableV2;
  /** The history of notifications; `undefined` where it is off. */
  readonly historyTable: TableV2 | undefined;
  readonly function: IFunction;
  /** Receives the alarms. */
  readonly alarmTopic: ITopic;
  /** Lets a Remote Connection Server that is not part of this app send notifications. */
  readonly senderPolicy: IManagedPolicy;
  /** Lets people ask what happened by the command line, and change nothing. */
  readonly readerPolicy: IManagedPolicy;
  /** Values that users and the command line need, by name. */
  readonly outputs: Readonly<Record<string, string>>;

  readonly #queues: NotificationQueues;

  /** @throws InvalidConfiguration naming each property that is not valid */
  constructor(scope: Construct, id: string, props: DeadlineNotificationsProps = {}) {
    super(scope, id);
    const configuration = configure(props);
    refuseElsewhere(configuration, placeOf(this));
    const names = resourceNames(configuration.prefix);

    const queues = new NotificationQueues(this, 'Queues', configuration, names);
    const tables = new NotificationTables(this, 'Tables', configuration, names);
    const ingester = new Ingester(this, 'Ingester', { configuration, names, queues, tables });

    const { history } = tables;
    const publisher =
      configuration.events === 'on' && history
        ? new EventPublisher(this, 'Events', { configuration, names, key: queues.key, history })
        : undefined;

    const alertCount = alertsOf(configuration.alerts).length;
    const alerting =
      alertCount > 0 && history
        ? new Alerting(this, 'Alerts', {
            configuration,
            names,
            key: queues.key,
            jobs: tables.jobs,
            history,
          })
        : undefined;

    const events = publisher && eventMetrics(publisher);
    const alerts = alerting && alertMetrics(alerting);
    const metrics = pipelineMetrics({ names, queues, tables, ingester });
    const { stackName } = Stack.of(this);
    const alarms = new Alarms(this, 'Alarms', {
      configuration,
      names,
      metrics,
      events,
      alerts,
      stackName,
    });
    const dashboard = new PipelineDashboard(this, 'Dashboard', {
      names,
      metrics,
      events,
      alerts,
      alarms: alarms.all,
      logGroup: ingester.logGroup,
    });

    this.#queues = queues;
    this.queue = queues.notifications;
    this.deadLetterQueue = queues.deadLetters;
    this.jobTable = tables.jobs;
    this.taskTable = tables.tasks;
    this.historyTable = tables.history;
    this.function = ingester.function;
    this.alarmTopic = alarms.topic;
    this.senderPolicy = senderPolicy(this, 'SenderPolicy', queues);
    this.readerPolicy = readerPolicy(this, 'ReaderPolicy', tables);
    const commands = setUpCommands(configuration, queues, tables);
    for (const name of Object.keys(commands)) {
      Annotations.of(this).addWarningV2(
        `deadline-notifications:${name}`,
        `Existing resources are not changed. After the deployment, run the command in the output ${name}.`,
      );
    }
    this.outputs = {
      QueueUrl: this.queue.queueUrl,
      SenderPolicyArn: this.senderPolicy.managedPolicyArn,
      ReaderPolicyArn: this.readerPolicy.managedPolicyArn,
      JobTableName: this.jobTable.tableName,
      TaskTableName: this.taskTable.tableName,
      DeadLetterQueueUrl: this.deadLetterQueue.queueUrl,
      NewestBy: configuration.newestBy,
      RetentionDays: String(configuration.retentionDays ?? 'off'),
      EmptyFields: configuration.emptyFields,
      Rendering: configuration.rendering,
      History: configuration.history,
      ...(this.historyTable && {
        HistoryTableName: this.historyTable.tableName,
        HistoryDays: String(configuration.historyDays),
      }),
      Events: configuration.events,
      ...(publisher && {
        EventBusArn: publisher.eventBusArn,
        ...(configuration.farmId !== undefined && { FarmId: configuration.farmId }),
        ...(configuration.queueId !== undefined && { QueueId: configuration.queueId }),
        EventsFunctionName: publisher.function.functionName,
        UnsentEventsQueueUrl: publisher.unsent.queueUrl,
      }),
      ...(alerting && {
        Alerts: String(alertCount),
        AlertsFunctionName: alerting.maker.function.functionName,
        AlertSenderFunctionName: alerting.sender.function.functionName,
        UnsentAlertsQueueUrl: alerting.queues.unsent.queueUrl,
        UnreadAlertsQueueUrl: alerting.queues.unread.queueUrl,
      }),
      FunctionName: this.function.functionName,
      AlarmTopicArn: this.alarmTopic.topicArn,
      DashboardUrl: dashboard.url,
      ...commands,
    };
  }

  /**
   * Adds the outputs to the stack, with their descriptions, so that people see what they need and
   * `deadline-notifications --stack <name>` finds it. For one construct per stack, as outputs have fixed names.
   */
  addOutputs(): void {
    for (const [name, value] of Object.entries(this.outputs)) {
      const description = OUTPUT_DESCRIPTIONS[name as OutputName];
      new CfnOutput(Stack.of(this), name, { value, description });
    }
  }

  /**
   * Allows a grantee, such as the `RenderQueue` of `aws-rfdk`, to send notifications to the queue. Does not
   * change the policies of an existing queue or key: those must name grantees from other accounts.
   */
  grantSend(grantee: IGrantable): Grant {
    return this.#queues.grantSend(grantee);
  }
}
