import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { afterAll, expect, test } from 'vitest';
import { LOCAL, localEngines } from '../../../src/local/engines/environment.ts';
import { emailTopicId } from '../../../src/shared/alerts/email-topic.ts';
import { CONFIGURED } from '../../support/configurations.ts';
import { functionOfAlerts } from '../../support/function-of-alerts.ts';
import { loadFunction } from '../../support/load-function.ts';
import { startProxy } from '../../support/proxy.ts';
import { queueToSend } from '../../support/queue-to-send.ts';
import { context } from '../../support/records.ts';
import { channelMessage } from '../../support/senders-to-try.ts';
import { startSns } from '../../support/sns-stand-in.ts';
import { startSsm } from '../../support/ssm-stand-in.ts';
import { entry, streamEvent, streamRecord } from '../../support/stream-events.ts';
import { synthesized } from '../../support/synthesized.ts';

const { template } = synthesized({ alerts: CONFIGURED.alerts });

/** What the role of a function allows, without what Lambda does for it: actions, each once. */
function actionsOf(role: string): string[] {
  const roles = Object.entries(template.findResources('AWS::IAM::Role'));
  const [, { Properties } = { Properties: {} }] = roles.find(([id]) => id.startsWith(role)) ?? [];
  const statements: { Action: string | string[] }[] =
    Properties.Policies[0].PolicyDocument.Statement;
  const actions = new Set(statements.flatMap(({ Action }) => Action));
  const byLambda =
    /^(logs:|dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)|sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes))/;
  return [...actions].filter((action) => !byLambda.test(action)).sort();
}

/** In IAM's words: a batch needs what a single message does. */
const inIam = (service: string, calls: readonly { readonly operation: string }[]) =>
  calls.map(
    ({ operation }) => `${service}:${operation.replace(/^SendMessageBatch$/, 'SendMessage')}`,
  );

test('the function that makes messages makes each request that its role allows, and no other', async () => {
  const { tables, queue, load, ...engines } = await functionOfAlerts();
  afterAll(() => engines[Symbol.asyncDispose]());
  const { handler } = await load([
    { name: 'failures', when: ['job-failed', 'task-failed'], user: 'anna*', to: 'log' },
  ]);
  const at = (task: string) =>
    `${new Date().toISOString().slice(0, 19)}.0000000Z#${task}#x#0123abcd`;
  const stop = { job_id: 'stopped', at: at(''), transition: 'job-failed', status: 'Failed' };
  const task = entry(1, { job_id: 'running', at: at('1') });
  const event = streamEvent(streamRecord(0, { ...stop, user: 'anna' }), streamRecord(1, task));
  expect(await handler(event, context())).toEqual({ batchItemFailures: [] });
  const made = [...inIam('dynamodb', tables.calls), ...inIam('sqs', queue.calls)];
  expect([...new Set(made)].sort()).toEqual(actionsOf('AlertsMaker'));
});

test('so does the sender', async () => {
  const [queue, sns, ssm] = await Promise.all([queueToSend(), startSns(), startSsm()]);
  await queue.renew();
  const proxy = await startProxy(queue.endpoint);
  const at = (url: string) => new URL(new URL(url).pathname, proxy.endpoint).href;
  const topics = 'arn:aws:sns:eu-west-1:123456789012:DeadlineNotifications-Alerts-';
  const handler = await loadFunction<SQSEvent, SQSBatchResponse>(
    {
      ...localEngines('http://127.0.0.1:1', LOCAL.credentials),
      POWERTOOLS_LOG_LEVEL: 'SILENT',
      AWS_ENDPOINT_URL_SNS: sns.endpoint,
      AWS_ENDPOINT_URL_SQS: proxy.endpoint,
      AWS_ENDPOINT_URL_SSM: ssm.endpoint,
      ALERT_QUEUE_URL: at(queue.urls.queueUrl),
      UNSENT_ALERTS_URL: at(queue.urls.unsentUrl),
      EMAIL_TOPIC_PREFIX: topics,
      ALERT_HOSTS: 'localhost',
    },
    () => import('../../../src/alerts/sender-handler.ts') as never,
  );
  ssm.parameters.set('/deadline/slack', 'https://localhost:1/nobody');
  const address = 'wranglers@example.com';
  const channels = ['slack:/deadline/slack', 'teams:/deadline/missing', `email:${address}`];
  for (const channel of channels)
    await queue.put(channelMessage(channel, { id: channel }), channel);
  for (const _ of channels) {
    const record = await queue.receive();
    if (record) await handler({ Records: [record] }, context());
  }
  expect(sns.published).toMatchObject([{ TopicArn: `${topics}${emailTopicId(address)}` }]);
  expect(ssm.asked.map(({ Name }) => Name)).toEqual(['/deadline/slack', '/deadline/missing']);
  const made = [...inIam('sqs', proxy.calls), 'sns:Publish', 'ssm:GetParameter'];
  expect([...new Set(made)].sort()).toEqual(actionsOf('AlertsSender'));
});
