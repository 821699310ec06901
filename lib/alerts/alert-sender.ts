import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { EventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Alert } from '../../src/shared/alerts/alert.ts';
import { POSTED } from '../../src/shared/alerts/channel.ts';
import { emailTopicId } from '../../src/shared/alerts/email-topic.ts';
import type { Names } from '../../src/shared/resource-names.ts';
import type { Configuration } from '../configuration.ts';
import { SENDER_HANDLER } from '../pipeline/function-bundle.ts';
import { functionCode } from '../pipeline/function-code.ts';
import { addSmallFunction } from '../pipeline/small-function.ts';
import type { AlertQueues } from './alert-queues.ts';
import { alertsOf, channelsOf } from './alert-setting.ts';

export interface AlertSenderProps {
  readonly configuration: Configuration;
  readonly names: Names;
  readonly queues: AlertQueues;
}

/** The function that sends the messages of alerts, with its event source, and topics for e-mail. */
export class AlertSender extends Construct {
  readonly function: IFunction;
  readonly source: EventSourceMapping;

  constructor(scope: Construct, id: string, { configuration, names, queues }: AlertSenderProps) {
    super(scope, id);
    const { alertHosts, alertsKeyArn } = configuration;
    const alerts = alertsOf(configuration.alerts);
    const topics = this.#emailTopics(alerts, names);
    const named = channelsOf(alerts, 'sns').map(({ topicArn }) => topicArn);
    const { messages, unsent, key } = queues;
    const { function: lambda } = addSmallFunction(this, {
      configuration,
      functionName: names.alertSender,
      logGroupName: names.alertSenderLogGroup,
      description: 'Sends the messages of alerts to their channels',
      code: functionCode(SENDER_HANDLER),
      environment: {
        ALERT_QUEUE_URL: messages.queueUrl,
        UNSENT_ALERTS_URL: unsent.queueUrl,
        EMAIL_TOPIC_PREFIX: this.#arn('sns', `${names.alerts}-`),
        ...(alertHosts.length > 0 && { ALERT_HOSTS: alertHosts.join(',') }),
      },
      policyName: 'Send',
      statements: [
        new PolicyStatement({
          actions: [
            'sqs:ReceiveMessage',
            'sqs:DeleteMessage',
            'sqs:GetQueueAttributes',
            'sqs:ChangeMessageVisibility',
          ],
          resources: [messages.queueArn],
        }),
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [unsent.queueArn] }),
        ...allowing('ssm:GetParameter', this.#parameterArns(alerts)),
        ...allowing('kms:Decrypt', alertsKeyArn === undefined ? [] : [alertsKeyArn]),
        ...allowing('sns:Publish', [...topics.map(({ topicArn }) => topicArn), ...named]),
      ],
      key,
    });
    this.function = lambda;
    this.source = lambda.addEventSourceMapping('Source', {
      eventSourceArn: messages.queueArn,
      batchSize: 1,
      reportBatchItemFailures: true,
    });
  }

  /** A topic for each address: who gets what is decided by the alerts, not by subscribers. */
  #emailTopics(alerts: readonly Alert[], names: Names): Topic[] {
    const addresses = channelsOf(alerts, 'email').map(({ address }) => address);
    const ids = addresses.map(emailTopicId);
    return [...new Set(ids)].map((id) => {
      const topic = new Topic(this, `Email-${id}`, {
        topicName: `${names.alerts}-${id}`,
        displayName: names.name,
        enforceSSL: true,
      });
      topic.addSubscription(new EmailSubscription(addresses[ids.indexOf(id)] as string));
      return topic;
    });
  }

  /** IAM names a parameter without the slash that its name may begin with. */
  #parameterArns(alerts: readonly Alert[]): string[] {
    const names = channelsOf(alerts, ...POSTED).flatMap(({ url, secret }) =>
      [url, secret ?? []].flat(),
    );
    const plain = new Set(names.map((name) => name.replace(/^\//, '')));
    return [...plain].map((name) => this.#arn('ssm', `parameter/${name}`));
  }

  #arn(service: string, resource: string): string {
    return Stack.of(this).formatArn({ service, resource });
  }
}

function allowing(action: string, resources: readonly string[]): PolicyStatement[] {
  if (resources.length === 0) return [];
  return [new PolicyStatement({ actions: [action], resources: [...resources] })];
}
