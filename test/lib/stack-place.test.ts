import { App, Arn, Aws, CfnParameter, type Environment, Fn, Stack } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { configure } from '../../lib/configuration.ts';
import { DeadlineNotifications, type DeadlineNotificationsProps } from '../../lib/index.ts';
import { placeOf, refuseElsewhere } from '../../lib/stack-place.ts';

const HERE = { account: '123456789012', region: 'eu-west-2' };
const queueOf = (place: string) => ({ existingQueueArn: `arn:aws:sqs:${place}:deadline` });
const alertsKeyOf = (place: string) => ({ alertsKeyArn: `arn:aws:kms:${place}:key/1111` });
const topicOf = (place: string): DeadlineNotificationsProps => ({
  alerts: [{ name: 'a', when: 'job-failed', to: ['log', `sns:arn:${place}:farm`] }],
});
const keyOf = (place: string) => ({ kmsKeyArn: `arn:aws:kms:${place}:key/1111` });

function compare(env: Environment, props: (stack: Stack) => DeadlineNotificationsProps) {
  const stack = new Stack(new App(), 'Farm', { env });
  refuseElsewhere(configure(props(stack)), placeOf(stack));
}

test.for([
  [queueOf('us-east-1:123456789012'), 'must be in region eu-west-2 like the stack, not us-east-1'],
  [
    queueOf('eu-west-2:210987654321'),
    'must be in account 123456789012 like the stack, not 210987654321',
  ],
  [
    queueOf('us-east-1:210987654321'),
    'must be in region eu-west-2 like the stack, not us-east-1; existingQueueArn must be in account',
  ],
  [
    { existingQueueArn: 'arn:aws-cn:sqs:eu-west-2:123456789012:deadline' },
    'must be in partition aws like the stack, not aws-cn',
  ],
  [keyOf('us-east-1:123456789012'), 'must be in region eu-west-2 like the stack, not us-east-1'],
  [
    alertsKeyOf('us-east-1:123456789012'),
    'must be in region eu-west-2 like the stack, not us-east-1',
  ],
  [
    topicOf('aws-cn:sns:cn-north-1:123456789012'),
    ': to: sns:arn:aws-cn:sns:cn-north-1:123456789012:farm must be in partition aws like the stack, not aws-cn',
  ],
] as const)('%j is refused in a stack that names its account and region', ([props, problem]) => {
  const [name] = Object.keys(props);
  expect(() => compare(HERE, () => props)).toThrow(
    `Configuration: ${name}${problem.startsWith(':') ? '' : ' '}${problem}`,
  );
});

test.for([
  [{ region: 'eu-west-2' }, queueOf('eu-west-2:210987654321')],
  [{ account: '123456789012' }, queueOf('us-east-1:123456789012')],
  [{}, queueOf('us-east-1:210987654321')],
  [HERE, queueOf('eu-west-2:123456789012')],
  [HERE, topicOf('aws:sns:us-east-1:210987654321')], // it is published to in its own region
  [HERE, keyOf('eu-west-2:210987654321')], // SQS takes keys of other accounts
  [{ ...HERE, region: 'xx-later-1' }, queueOf('xx-later-1:123456789012')],
] as const)('in a stack that names %j, %j is not refused', ([env, props]) => {
  expect(() => compare(env, () => props)).not.toThrow();
});

test('an ARN or a part of it that is known only at deployment is not compared', () => {
  const arn = (stack: Stack, region?: string) =>
    Arn.format({ service: 'sqs', resource: 'deadline', ...(region && { region }) }, stack);
  for (const existingQueueArn of [
    (stack: Stack) => new CfnParameter(stack, 'Queue').valueAsString,
    () => Fn.importValue('Queue'),
    (stack: Stack) => arn(stack),
    (stack: Stack) => arn(stack, Aws.REGION),
  ]) {
    expect(() =>
      compare(HERE, (stack) => ({ existingQueueArn: existingQueueArn(stack) })),
    ).not.toThrow();
  }
  const elsewhere = (stack: Stack) => ({ existingQueueArn: arn(stack, 'us-east-1') });
  expect(() => compare(HERE, elsewhere)).toThrow('must be in region eu-west-2');
});

test('the construct compares', () => {
  const stack = new Stack(new App(), 'Farm', { env: HERE });
  const props = queueOf('us-east-1:123456789012');
  expect(() => new DeadlineNotifications(stack, 'Notifications', props)).toThrow(
    'existingQueueArn must be in region eu-west-2',
  );
});
