import { Stack, Validations } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { NotificationTables } from './tables.ts';

/** The policy for people who only ask: it allows what the reading commands request, and nothing else. */
export function readerPolicy(
  scope: Construct,
  id: string,
  { jobs, tasks, history }: NotificationTables,
): ManagedPolicy {
  const stack = Stack.of(scope);
  const histories = history ? [history.tableArn] : [];
  const indexes = [jobs, tasks].map(({ tableArn }) => `${tableArn}/index/*`);
  // IAM takes a stack that is asked for by its name as `<name>/*`, so a policy with its id would not allow it.
  const stackArn = stack.formatArn({
    service: 'cloudformation',
    resource: 'stack',
    resourceName: `${stack.stackName}/*`,
  });
  const policy = new ManagedPolicy(scope, id, {
    description: 'Lets people ask what happened on the farm, and change nothing',
    statements: [
      new PolicyStatement({
        actions: ['dynamodb:DescribeTable'],
        resources: [jobs.tableArn, tasks.tableArn, ...histories],
      }),
      new PolicyStatement({
        actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
        resources: [jobs.tableArn],
      }),
      new PolicyStatement({
        actions: ['dynamodb:Query'],
        resources: [tasks.tableArn, ...indexes, ...histories],
      }),
      ...histories.map(
        (table) => new PolicyStatement({ actions: ['dynamodb:Scan'], resources: [table] }),
      ),
      new PolicyStatement({
        actions: ['cloudformation:DescribeStacks'],
        resources: [stackArn],
      }),
    ],
  });
  for (const resource of [...indexes, stackArn]) {
    Validations.of(policy).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${flattened(stack.resolve(resource))}]`,
      reason: 'The indexes of a table hold its rows, and one stack has the name.',
    });
  }
  return policy;
}

/** A resolved ARN in the form in which cdk-nag names it: `<Id.Arn>/index/*`. */
function flattened(arn: string | { 'Fn::Join': [string, (string | object)[]] }): string {
  if (typeof arn === 'string') return arn;
  const [, parts] = arn['Fn::Join'];
  return parts
    .map((part) => (typeof part === 'string' ? part : `<${Object.values(part).flat().join('.')}>`))
    .join('');
}
