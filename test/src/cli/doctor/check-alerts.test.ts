import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { beforeEach, expect, test } from 'vitest';
import type { AlertsAnswer, ListedAlert } from '../../../../src/alerts/message/channel-message.ts';
import { synthesize } from '../../../../src/local/template.ts';
import { emailTopicId } from '../../../../src/shared/alerts/email-topic.ts';
import { CONFIGURED } from '../../../support/configurations.ts';
import {
  ALERTS_FUNCTION,
  functionArn,
  queueArn,
  SENDER_FUNCTION,
} from '../../../support/control-plane.ts';
import { stackWithDoctor } from '../../../support/stack-with-doctor.ts';
import { HISTORY } from '../../../support/test-tables.ts';

const { alertsKeyArn } = CONFIGURED;
const ADDRESS = 'wranglers@example.com';
const TO = ['slack:/deadline/slack', 'webhook:hook#/deadline/secret', `email:${ADDRESS}`, 'log'];
const template = await synthesize({
  alerts: [{ name: 'failures', when: 'job-failed', to: TO }],
  alertTimeZone: 'Europe/London',
  alertsKeyArn,
});
const { client, controlPlane, feed, findings, outputs, queueUrl, sqs } =
  await stackWithDoctor(template);
feed();
const { Table } = await client.send(new DescribeTableCommand({ TableName: HISTORY }));
const { UnsentAlertsQueueUrl = '', UnreadAlertsQueueUrl = '' } = outputs;
const MESSAGES = new URL('DeadlineNotifications-Alerts.fifo', queueUrl).href;
const TOPICS = 'arn:aws:sns:us-east-1:000000000000:DeadlineNotifications-Alerts-';
const TOPIC = `${TOPICS}${emailTopicId(ADDRESS)}`;
const LISTED: ListedAlert = {
  ...{ name: 'failures', when: ['job-failed'], filters: {} },
  ...{ to: TO, message: null, mention: {} },
};

beforeEach(async () => {
  const { deployed } = controlPlane;
  deployed.outputs.AlertsFunctionName = ALERTS_FUNCTION;
  deployed.outputs.AlertSenderFunctionName = SENDER_FUNCTION;
  Object.assign(deployed.functions[ALERTS_FUNCTION] ?? {}, {
    Environment: { Variables: { TIME_ZONE: 'Europe/London' } },
  });
  Object.assign(deployed.functions[SENDER_FUNCTION] ?? {}, {
    Environment: { Variables: { ALERT_QUEUE_URL: MESSAGES, EMAIL_TOPIC_PREFIX: TOPICS } },
  });
  Object.assign(sourceOf(ALERTS_FUNCTION), {
    EventSourceArn: Table?.LatestStreamArn,
    DestinationConfig: { OnFailure: { Destination: 'arn:of:the:queue' } },
  });
  sourceOf(SENDER_FUNCTION).EventSourceArn = queueArn('DeadlineNotifications-Alerts.fifo');
  deployed.answers[ALERTS_FUNCTION] = { alerts: [LISTED] } satisfies AlertsAnswer;
  for (const name of ['/deadline/slack', 'hook', '/deadline/secret']) {
    deployed.parameters[name] = 'SecureString';
  }
  deployed.addresses[TOPIC] = { [ADDRESS]: `${TOPIC}:1` };
  for (const QueueUrl of [UnsentAlertsQueueUrl, UnreadAlertsQueueUrl]) {
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  }
});

function sourceOf(name: string): Record<string, unknown> {
  const { sources } = controlPlane.deployed;
  return sources.find(({ FunctionArn }) => FunctionArn === functionArn(name)) ?? {};
}

/** What the doctor finds of alerts. */
async function alerts() {
  const { all, steps } = await findings();
  return { steps, found: all.filter(({ step }) => step === 'alerts') };
}

test('where all is well, says how many there are and where they go', async () => {
  const { found } = await alerts();
  expect(found).toMatchObject([{ ok: true, found: `1, to ${TO.join(', ')}` }]);
});

test('a stack without alerts is not asked about them', async () => {
  delete controlPlane.deployed.outputs.Alerts;
  expect((await alerts()).steps).not.toContain('alerts');
});

test('finds each part that is not as set, or that a channel lacks, and what fixes it', async () => {
  const { deployed } = controlPlane;
  sourceOf(ALERTS_FUNCTION).State = 'Disabled';
  sourceOf(SENDER_FUNCTION).EventSourceArn = 'arn:of:another';
  Object.assign(deployed.functions[ALERTS_FUNCTION] ?? {}, {
    Environment: { Variables: { TIME_ZONE: 'UTC' } },
  });
  delete deployed.parameters['/deadline/secret'];
  deployed.parameters.hook = { Type: 'SecureString', KeyId: 'arn:of:another:key/1' };
  delete deployed.addresses[TOPIC];
  const { found } = await alerts();
  const problems = [
    [
      `event source of ${ALERTS_FUNCTION}: Disabled, should be Enabled`,
      `--uuid uuid-of-the-source-of-${ALERTS_FUNCTION} --enabled`,
    ],
    [`variable TIME_ZONE of ${ALERTS_FUNCTION}: UTC, should be Europe/London`, '--revert-drift'],
    [`no event source passes the queue of messages to ${SENDER_FUNCTION}`, '--revert-drift'],
    [`key of parameter hook: arn:of:another:key/1, should be ${alertsKeyArn}`, 'alertsKeyArn'],
    ['parameter /deadline/secret: missing', 'aws ssm put-parameter --region us-east-1 --type'],
    [`topic of ${ADDRESS}: missing`, '--revert-drift'],
  ];
  expect(found).toMatchObject(
    problems.map(([problem, mend = '']) => ({
      level: 'error',
      found: problem,
      mend: expect.stringContaining(mend),
    })),
  );
});

test('finds that the function does not start, and what was given up', async () => {
  controlPlane.deployed.answers[ALERTS_FUNCTION] = 'alerts.json is missing';
  const message = { MessageBody: '{}', MessageGroupId: 'slack', MessageDeduplicationId: '1' };
  await sqs.send(new SendMessageCommand({ QueueUrl: UnsentAlertsQueueUrl, ...message }));
  for (const MessageBody of ['{}', '[]']) {
    await sqs.send(new SendMessageCommand({ QueueUrl: UnreadAlertsQueueUrl, MessageBody }));
  }
  const [source, destination] = ['UnsentAlerts', 'Alerts'].map((name) =>
    queueArn(`DeadlineNotifications-${name}.fifo`),
  );
  const { found } = await alerts();
  expect(found).toMatchObject([
    {
      found: expect.stringContaining(`${ALERTS_FUNCTION} failed: Error: alerts.json is missing.`),
      mend: expect.stringContaining('--revert-drift'),
    },
    {
      found: `1 message was given up: see ${UnsentAlertsQueueUrl}`,
      mend: expect.stringContaining(
        `aws sqs start-message-move-task --region us-east-1 --source-arn ${source} --destination-arn ${destination}\n`,
      ),
    },
    {
      found: `2 batches of the history were given up: see ${UnreadAlertsQueueUrl}`,
      otherwise: 'What happened then was not told, and it is too late now.',
      mend: expect.stringContaining(
        `purge-queue --region us-east-1 --queue-url ${UnreadAlertsQueueUrl}`,
      ),
    },
  ]);
  expect(found.map(({ level }) => level)).toEqual(['error', 'error', 'error']);
});

test.for([
  ['Invoke', 'lambda:InvokeFunction'],
  ['SSM', 'ssm:DescribeParameters'],
  ['SNS', 'sns:ListSubscriptionsByTopic'],
] as const)('where %s denies a look, that is a hint', async ([denied, permission]) => {
  controlPlane.deployed.denied = denied;
  const { found } = await alerts();
  expect(found).toMatchObject([{ level: 'hint', mend: expect.stringContaining(permission) }]);
});
