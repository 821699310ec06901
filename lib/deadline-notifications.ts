import { Annotations, Stack } from 'aws-cdk-lib';
import type { ITableV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Grant, IGrantable, IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { resourceNames } from '../src/shared/resource-names.ts';
import { configure } from './configuration.ts';
import { Alarms } from './monitoring/alarms.ts';
import { PipelineDashboard } from './monitoring/dashboard.ts';
import { pipelineMetrics } from './monitoring/pipeline-metrics.ts';
import { setUpCommands } from './pipeline/adoption.ts';
import { Ingester } from './pipeline/ingester.ts';
import { NotificationQueues, senderPolicy } from './pipeline/queues.ts';
import { NotificationTables } from './pipeline/tables.ts';
import type { DeadlineNotificationsProps } from './props.ts';

/**
 * All that takes Deadline's notifications from its Remote Connection Server into two tables, for a
 * farm's own CDK app:
 *
 * ```ts
 * const notifications = new DeadlineNotifications(this, 'Notifications');
 * notifications.grantSend(renderQueue);
 * ```
 */
export class DeadlineNotifications extends Construct {
  /** Its URL is what Deadline Monitor wants. */
  readonly queue: IQueue;
  readonly deadLetterQueue: IQueue;
  readonly jobTable: TableV2 | ITableV2;
  readonly taskTable: TableV2 | ITableV2;
  readonly function: IFunction;
  /** Where alarms go. */
  readonly alarmTopic: ITopic;
  /** For a Remote Connection Server that this app does not know: it may send with this policy. */
  readonly senderPolicy: IManagedPolicy;
  /**
   * What people and the project's commands need to know, by name. A stack that makes outputs of them
   * is found by `deadline-notifications failed --stack <name>`.
   */
  readonly outputs: Readonly<Record<string, string>>;

  readonly #queues: NotificationQueues;

  /** @throws InvalidConfiguration when a property is wrong, naming it */
  constructor(scope: Construct, id: string, props: DeadlineNotificationsProps = {}) {
    super(scope, id);
    const configuration = configure(props);
    const names = resourceNames(configuration.prefix);

    const queues = new NotificationQueues(this, 'Queues', configuration, names);
    const tables = new NotificationTables(this, 'Tables', configuration, names);
    const ingester = new Ingester(this, 'Ingester', { configuration, names, queues, tables });
    const policy = senderPolicy(this, 'SenderPolicy', queues);

    const metrics = pipelineMetrics({ names, queues, tables, ingester });
    const { stackName } = Stack.of(this);
    const alarms = new Alarms(this, 'Alarms', { configuration, names, metrics, stackName });
    const dashboard = new PipelineDashboard(this, 'Dashboard', {
      names,
      metrics,
      alarms: alarms.all,
      logGroup: ingester.logGroup,
    });

    this.#queues = queues;
    this.queue = queues.notifications;
    this.deadLetterQueue = queues.deadLetters;
    this.jobTable = tables.jobs;
    this.taskTable = tables.tasks;
    this.function = ingester.function;
    this.alarmTopic = alarms.topic;
    this.senderPolicy = policy;
    const commands = setUpCommands(configuration, queues, tables);
    for (const name of Object.keys(commands)) {
      Annotations.of(this).addWarningV2(
        `deadline-notifications:${name}`,
        `What exists stays as it is. Once deployed, run the command in the output ${name}.`,
      );
    }
    this.outputs = {
      QueueUrl: this.queue.queueUrl,
      PasteQueueUrlInto:
        'Deadline Monitor: Tools > Configure Repository Options > Notifications > SQS Notifications',
      SenderPolicyArn: policy.managedPolicyArn,
      JobTableName: this.jobTable.tableName,
      TaskTableName: this.taskTable.tableName,
      DeadLetterQueueUrl: this.deadLetterQueue.queueUrl,
      NewestBy: configuration.newestBy,
      RetentionDays: String(configuration.retentionDays ?? 'off'),
      EmptyFields: configuration.emptyFields,
      FunctionName: this.function.functionName,
      AlarmTopicArn: this.alarmTopic.topicArn,
      DashboardUrl: dashboard.url,
      ...commands,
    };
  }

  /**
   * Lets somebody send notifications to the queue, such as the `RenderQueue` of `aws-rfdk`. The own
   * policies of an existing queue and of a key stay as they are: they have to name whoever is of another
   * account.
   */
  grantSend(grantee: IGrantable): Grant {
    return this.#queues.grantSend(grantee);
  }
}
