import { ListSubscriptionsByTopicCommand, NotFoundException, SNSClient } from '@aws-sdk/client-sns';
import { type ParameterMetadata, paginateDescribeParameters, SSMClient } from '@aws-sdk/client-ssm';
import { type Channel, parseChannel } from '../../shared/alerts/channel.ts';
import { emailTopicId } from '../../shared/alerts/email-topic.ts';
import { chunks } from '../../shared/chunks.ts';
import { DeadlineNotificationsError } from '../../shared/errors.ts';
import { AlertFunctions } from '../aws/alert-functions.ts';
import { messageCount } from '../aws/queue-attributes.ts';
import { awsErrorText, isAwsError } from '../explain.ts';
import { emailFindings, parameterFindings, type Subscription } from './channel-findings.ts';
import { type Check, denied, type Finding, noOutput, type SetUp, setUpOptions } from './check.ts';
import { type FedFunction, historyStreamArn, readFedFunction } from './fed-function.ts';
import { type Consequences, fedFunctionFindings } from './fed-function-findings.ts';
import { command } from './setting.ts';

const OF_MAKER: Consequences = {
  source: 'the stream of the history',
  stopped: 'No alerts go out. After a day, DynamoDB deletes what the stream holds.',
  uncertain: 'Alerts may not go out.',
  lost: 'What the function reports as not told is lost.',
  batches: 'Alerts go out later, or in more messages.',
  givenUp: {
    untold: 'Nobody learns of what is given up.',
    sooner: 'Alerts are given up sooner, or are deleted from the stream without a trace.',
  },
  variables: {
    ALERTS_FILE: 'Other alerts go out.',
    TIME_ZONE: 'Messages have other clock times.',
    STACK_NAME: 'Commands in messages name another stack.',
  },
};

const OF_SENDER: Consequences = {
  source: 'the queue of messages',
  stopped: 'No alerts go out. After 14 days, SQS deletes what the queue holds.',
  uncertain: 'Alerts may not go out.',
  lost: 'Messages that a channel does not take at once are lost.',
  batches: 'Messages of a channel may be sent twice.',
  variables: { ALERT_HOSTS: 'Messages for other hosts than those set are sent, or given up.' },
};

/** Checks that alerts go out, that their channels can take them, and that none were given up. */
export const checkAlerts: Check = {
  name: 'alerts',
  needs:
    'lambda:GetFunction on their functions, lambda:ListEventSourceMappings, dynamodb:DescribeTable on the history, and sqs:GetQueueAttributes on their queues',
  isPartOf: ({ Alerts }) => Alerts !== undefined,
  async run(setUp) {
    const { FunctionName, AlertsFunctionName, AlertSenderFunctionName } = setUp.stack;
    if (FunctionName === undefined) return noOutput('FunctionName');
    if (AlertsFunctionName === undefined) return noOutput('AlertsFunctionName');
    if (AlertSenderFunctionName === undefined) return noOutput('AlertSenderFunctionName');
    const [maker, sender, streamArn] = await Promise.all([
      readFedFunction(setUp, AlertsFunctionName),
      readFedFunction(setUp, AlertSenderFunctionName),
      historyStreamArn(setUp),
    ]);
    const { ALERT_QUEUE_URL: url, EMAIL_TOPIC_PREFIX: topicPrefix } =
      sender.configuration.Environment?.Variables ?? {};
    const queueArn = url === undefined ? undefined : (await setUp.readQueue(url)).QueueArn;
    const [channels, unlisted] = await listChannels(setUp, maker);
    return {
      findings: [
        ...fedFunctionFindings(maker, streamArn, OF_MAKER),
        ...fedFunctionFindings(sender, queueArn, OF_SENDER),
        ...unlisted,
        ...(await parameters(setUp, channels, decryptionKey(setUp, sender))),
        ...(await emails(setUp, channels, topicPrefix)),
        ...(await unsent(setUp, sender, queueArn)),
        ...(await unread(setUp, maker)),
      ],
      summary: `${setUp.stack.Alerts}, to ${channels.map(({ text }) => text).join(', ')}`,
    };
  },
};

/**
 * The channels of all alerts, each once, as the function has them: its answer also shows that it starts, and can
 * read its alerts.
 */
async function listChannels(
  { session, stack }: SetUp,
  { name }: FedFunction,
): Promise<readonly [channels: readonly Channel[], findings: readonly Finding[]]> {
  try {
    const alerts = await new AlertFunctions(session, stack).list();
    const texts = new Set(alerts.flatMap(({ to }) => to));
    const channels = [...texts].map((text) => parseChannel(text));
    return [channels.filter((each) => 'kind' in each), []];
  } catch (error) {
    if (isAwsError(error)) {
      return [[], [unseen(error, `lambda:InvokeFunction on ${name}`, 'their channels')]];
    }
    if (!(error instanceof DeadlineNotificationsError)) throw error;
    const finding: Finding = {
      level: 'error',
      found: error.message,
      otherwise: 'No alerts go out.',
      fix: command(
        'If its settings are wrong, bring them back, in the clone:',
        'npx cdk deploy --revert-drift',
      ),
    };
    return [[], [finding]];
  }
}

/** The most values of a filter of `DescribeParameters` (API reference, `ParameterStringFilter`). */
const MAX_NAMES = 50;

async function parameters(
  setUp: SetUp,
  channels: readonly Channel[],
  keyArn: string | undefined,
): Promise<Finding[]> {
  const names = channels.flatMap((channel) =>
    'url' in channel ? [channel.url, channel.secret ?? []].flat() : [],
  );
  const { account, signal } = setUp.session;
  const client = new SSMClient(account);
  const found: ParameterMetadata[] = [];
  try {
    for (const Values of chunks([...new Set(names)], MAX_NAMES)) {
      const ParameterFilters = [{ Key: 'Name', Option: 'Equals', Values }];
      const pages = paginateDescribeParameters(
        { client },
        { ParameterFilters },
        { abortSignal: signal },
      );
      for await (const { Parameters = [] } of pages) found.push(...Parameters);
    }
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return [unseen(error, 'ssm:DescribeParameters', 'the parameters of channels')];
  }
  return parameterFindings([...new Set(names)], found, keyArn, setUpOptions(setUp));
}

/** The key that the role of a function lets it decrypt with, as the template has it. */
function decryptionKey(
  { intended: { template } }: SetUp,
  { intended }: FedFunction,
): string | 'unknown' | undefined {
  const { Role } = intended.function as { Role?: { 'Fn::GetAtt'?: readonly string[] } };
  const role = template.find(({ id }) => id === Role?.['Fn::GetAtt']?.[0]);
  if (role === undefined) return 'unknown';
  const { Policies = [] } = role.properties as { Policies?: readonly InlinePolicy[] };
  const statement = Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement).find(
    ({ Action }) => Action === 'kms:Decrypt',
  );
  if (statement === undefined) return undefined;
  return typeof statement.Resource === 'string' ? statement.Resource : 'unknown';
}

interface InlinePolicy {
  readonly PolicyDocument: {
    readonly Statement: readonly { readonly Action: unknown; readonly Resource: unknown }[];
  };
}

async function emails(
  setUp: SetUp,
  channels: readonly Channel[],
  topicPrefix = '',
): Promise<Finding[]> {
  const { account, signal } = setUp.session;
  const client = new SNSClient(account);
  const findings: Finding[] = [];
  for (const channel of channels) {
    if (channel.kind !== 'email') continue;
    const TopicArn = `${topicPrefix}${emailTopicId(channel.address)}`;
    const command = new ListSubscriptionsByTopicCommand({ TopicArn });
    try {
      const subscriptions = await client.send(command, { abortSignal: signal }).then(
        ({ Subscriptions = [] }): Subscription[] => Subscriptions,
        (error) => {
          if (error instanceof NotFoundException) return undefined;
          throw error;
        },
      );
      findings.push(
        ...emailFindings(channel.address, TopicArn, subscriptions, setUpOptions(setUp)),
      );
    } catch (error) {
      if (!isAwsError(error)) throw error;
      const topics = 'sns:ListSubscriptionsByTopic on the topics of addresses';
      return [...findings, unseen(error, topics, 'the subscriptions of addresses')];
    }
  }
  return findings;
}

/** A hint that AWS did not answer a look. */
function unseen(error: Error, needs: string, what: string): Finding {
  return (
    denied(error, needs) ?? {
      level: 'hint',
      found: `${what} could not be looked at: ${awsErrorText(error)}`,
      fix: 'Try again.',
    }
  );
}

/** Messages that a channel did not take. */
async function unsent(
  setUp: SetUp,
  { name }: FedFunction,
  queueArn: string | undefined,
): Promise<Finding[]> {
  const { UnsentAlertsQueueUrl: url } = setUp.stack;
  if (url === undefined) return [];
  const queue = await setUp.readQueue(url);
  const count = messageCount(queue);
  if (count === 0) return [];
  const options = setUpOptions(setUp);
  return [
    {
      level: 'error',
      found: `${count === 1 ? '1 message was' : `${count} messages were`} given up: see ${url}`,
      otherwise: 'Their channels did not get them.',
      fix: command(
        `Fix the reason, which is in the log of ${name} as "Unsent alert". Then send them again, or purge the queue:`,
        // The destination is needed: the function put them there itself.
        `aws sqs start-message-move-task ${options} --source-arn ${queue.QueueArn} --destination-arn ${queueArn ?? '<ARN of the queue of messages>'}`,
        `aws sqs purge-queue ${options} --queue-url ${url}`,
      ),
    },
  ];
}

/** Batches of the stream that no messages were made of in time. */
async function unread(setUp: SetUp, { name }: FedFunction): Promise<Finding[]> {
  const { UnreadAlertsQueueUrl: url } = setUp.stack;
  if (url === undefined) return [];
  const count = messageCount(await setUp.readQueue(url));
  if (count === 0) return [];
  return [
    {
      level: 'error',
      found: `${count === 1 ? '1 batch of the history was' : `${count} batches of the history were`} given up: see ${url}`,
      otherwise: 'What happened then was not told, and it is too late now.',
      fix: command(
        `Fix the reason, which is an error in the log of ${name}. Then purge the queue:`,
        `aws sqs purge-queue ${setUpOptions(setUp)} --queue-url ${url}`,
      ),
    },
  ];
}
