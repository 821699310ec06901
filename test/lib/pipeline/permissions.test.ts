import { expect, test } from 'vitest';
import { CONFIGURATIONS } from '../../support/configurations.ts';
import { loadFunction } from '../../support/load-function.ts';
import { startProxy } from '../../support/proxy.ts';
import { context, event, job, record, task } from '../../support/records.ts';
import { arn, idOf, jobs, queue, synthesized, tasks, template } from '../../support/synthesized.ts';
import { emptyTables } from '../../support/test-tables.ts';

const [role] = Object.values(template.findResources('AWS::IAM::Role'));
const statements = role?.Properties.Policies.flatMap(
  (policy: { PolicyDocument: { Statement: object[] } }) => policy.PolicyDocument.Statement,
) as { Action: string[]; Resource: unknown }[];
const granted = (prefix: string) =>
  statements.filter(({ Action }) => Action.every((action) => action.startsWith(prefix)));

test('the role allows exactly the requests that the function makes, on its tables', async () => {
  using proxy = await startProxy();
  const { environment } = await emptyTables(proxy.endpoint);
  const handler = await loadFunction(environment);
  const both = (sent: number) => event(record(job('j'), sent), record(task('j', 0), sent));
  await handler(both(1), context());
  await handler(both(2), context());
  await handler(both(2), context());

  const called = proxy.calls.flatMap(({ operation, input: { Statements = [] } }) =>
    operation === 'BatchExecuteStatement'
      ? Statements.map(({ Statement }) => `dynamodb:PartiQL${verbOf(Statement)}`)
      : [`dynamodb:${operation}`],
  );
  expect(granted('dynamodb:')).toEqual([
    {
      Effect: 'Allow',
      Action: [...new Set(called)].sort(),
      Resource: [arn(jobs), arn(tasks)],
    },
  ]);
});

test('the role allows what Lambda does for the function: polling the queue and logging', () => {
  const logs = idOf('AWS::Logs::LogGroup', {});
  expect(granted('sqs:')).toMatchObject([
    {
      Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      Resource: arn(queue),
    },
  ]);
  expect(granted('logs:')).toMatchObject([
    { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: arn(logs) },
  ]);
  expect(statements).toHaveLength(3);
  expect(role?.Properties).not.toHaveProperty('ManagedPolicyArns');
  template.resourceCountIs('AWS::IAM::Policy', 0);
});

test('only Lambda can assume the role', () => {
  expect(role?.Properties.AssumeRolePolicyDocument.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'lambda.amazonaws.com' },
    },
  ]);
});

test('the sender may only send to the queue and find it', () => {
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: ['sqs:SendMessage', 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
          Resource: arn(queue),
        },
      ],
    },
  });
});

test.for([['nothing', {}] as const, ...CONFIGURATIONS])(
  'with %s configured, no policy that may change something has wildcards for resources or actions',
  ([, props]) => {
    const { template } = synthesized(props);
    const policies = [
      ...Object.values(template.findResources('AWS::IAM::Role')).flatMap(
        ({ Properties }) => Properties.Policies,
      ),
      ...Object.entries(template.findResources('AWS::IAM::ManagedPolicy'))
        .filter(([id]) => !id.startsWith('ReaderPolicy')) // see reader-policy.test.ts
        .map(([, { Properties }]) => Properties),
    ];
    template.resourceCountIs('AWS::IAM::Policy', 0);
    expect(policies).toHaveLength(2 + Number('events' in props) + 2 * Number('alerts' in props));
    expect(JSON.stringify(policies)).not.toContain('*');
  },
);

/** `Insert` or `Update`, as IAM names PartiQL's verbs. */
function verbOf(statement: string): string {
  const [verb = ''] = statement.split(' ');
  return verb.slice(0, 1) + verb.slice(1).toLowerCase();
}
