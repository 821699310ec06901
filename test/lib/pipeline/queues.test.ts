import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { CONFIGURED } from '../../support/configurations.ts';
import { arn, deadLetters, queue, synthesized, template } from '../../support/synthesized.ts';

const FOURTEEN_DAYS = 14 * 24 * 60 * 60;

test('the queue is standard, encrypted, keeps messages for 14 days and gives up after half a day', () => {
  template.hasResourceProperties('AWS::SQS::Queue', {
    QueueName: 'DeadlineNotifications',
    FifoQueue: Match.absent(),
    SqsManagedSseEnabled: true,
    MessageRetentionPeriod: FOURTEEN_DAYS,
    RedrivePolicy: { deadLetterTargetArn: arn(deadLetters), maxReceiveCount: 228 },
  });
});

test.for([0, 5, 300])(
  'with a batching window of %s s, a message is redelivered for twelve hours',
  (batchingWindowSeconds) => {
    const { template } = synthesized({ batchingWindowSeconds, batchSize: 10 });
    const [{ Properties } = { Properties: {} }] = Object.values(
      template.findResources('AWS::SQS::Queue', {
        Properties: { QueueName: 'DeadlineNotifications' },
      }),
    );
    const { RedrivePolicy, VisibilityTimeout } = Properties;
    const seconds = RedrivePolicy.maxReceiveCount * (VisibilityTimeout + batchingWindowSeconds);
    expect(seconds / 3_600).toBeGreaterThanOrEqual(12);
    expect(seconds / 3_600).toBeLessThan(12.25);
    expect(RedrivePolicy.maxReceiveCount).toBeLessThanOrEqual(1_000); // what SQS takes
  },
);

test('the dead-letter queue is encrypted and keeps messages for 14 days', () => {
  template.hasResourceProperties('AWS::SQS::Queue', {
    QueueName: 'DeadlineNotifications-DeadLetters',
    SqsManagedSseEnabled: true,
    MessageRetentionPeriod: FOURTEEN_DAYS,
  });
});

test.for([queue, deadLetters])('%s rejects requests without TLS', (id) => {
  template.hasResourceProperties('AWS::SQS::QueuePolicy', {
    Queues: [{ Ref: id }],
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Effect: 'Deny',
          Action: 'sqs:*',
          Principal: { AWS: '*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ]),
    },
  });
});

describe('redrive, which would give dead letters a new send time', () => {
  const noRedrive = {
    Effect: 'Deny',
    Action: 'sqs:StartMessageMoveTask',
    Principal: { AWS: '*' },
    Resource: arn(deadLetters),
  };
  const policyOf = (id: string) => ({
    Queues: [{ Ref: id }],
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(noRedrive)]) },
  });

  test('is denied to everyone', () => {
    template.hasResourceProperties('AWS::SQS::QueuePolicy', policyOf(deadLetters));
    template.resourcePropertiesCountIs('AWS::SQS::QueuePolicy', policyOf(queue), 0);
  });

  test('is allowed if configured', () => {
    const allowed = JSON.stringify(synthesized({ allowRedrive: true }).template);
    expect(allowed).not.toContain('StartMessageMoveTask');
  });
});

test('a configured key encrypts both queues', () => {
  const { template } = synthesized({ kmsKeyArn: CONFIGURED.kmsKeyArn });
  const encrypted = { KmsMasterKeyId: CONFIGURED.kmsKeyArn, SqsManagedSseEnabled: Match.absent() };
  template.resourcePropertiesCountIs('AWS::SQS::Queue', encrypted, 2);
  template.resourceCountIs('AWS::SQS::Queue', 2);
});

test('as many and as long senders as are accepted fit into the policy of an SQS queue', () => {
  const senders = Array.from(
    { length: 49 },
    (_, index) => `arn:aws:iam::123456789012:role/${'p'.repeat(109)}/${index}`,
  );
  const { template, idOf } = synthesized({ senders });
  const policies = template.findResources('AWS::SQS::QueuePolicy');
  const id = idOf('AWS::SQS::QueuePolicy', { Queues: [{ Ref: queue }] });
  const policy: { Statement: { Principal: { AWS: string | string[] } }[] } =
    policies[id]?.Properties.PolicyDocument;
  const principals = policy.Statement.flatMap(({ Principal }) => Principal.AWS);
  expect(principals).toHaveLength(50);
  const longestArn = `arn:aws-us-gov:sqs:us-gov-west-1:123456789012:${'q'.repeat(80)}`;
  const text = JSON.stringify(policy).replaceAll(JSON.stringify(arn(queue)), `"${longestArn}"`);
  expect(text.length).toBeLessThanOrEqual(8_192);
});

test('senders may only send to the queue and find it', () => {
  const { template } = synthesized({ senders: CONFIGURED.senders });
  const [account, role] = CONFIGURED.senders;
  const root = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${account}:root`]] };
  template.hasResourceProperties('AWS::SQS::QueuePolicy', {
    Queues: [{ Ref: queue }],
    PolicyDocument: {
      Statement: Match.arrayWith([
        {
          Effect: 'Allow',
          Principal: { AWS: [root, role] },
          Action: ['sqs:SendMessage', 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
          Resource: arn(queue),
        },
      ]),
    },
  });
});
