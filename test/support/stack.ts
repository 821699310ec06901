import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect } from 'vitest';
import { DeadlineNotificationsStack } from '../../lib/stack.ts';

const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
/** What `cdk deploy` deploys, but for the function's bundle. */
export const template = Template.fromStack(
  new DeadlineNotificationsStack(app, 'DeadlineNotifications'),
);

/** The logical id of the one resource of a type with these properties. */
export function idOf(type: string, properties: object): string {
  const ids = Object.keys(template.findResources(type, { Properties: properties }));
  expect(ids).toHaveLength(1);
  return ids[0] as string;
}

export const queue = idOf('AWS::SQS::Queue', { QueueName: 'DeadlineNotifications' });
export const deadLetters = idOf('AWS::SQS::Queue', {
  QueueName: 'DeadlineNotifications-DeadLetters',
});
export const jobs = idOf('AWS::DynamoDB::GlobalTable', { TableName: 'DeadlineJobNotifications' });
export const tasks = idOf('AWS::DynamoDB::GlobalTable', { TableName: 'DeadlineTaskNotifications' });
export const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
