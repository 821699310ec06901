import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect } from 'vitest';
import { type DeadlineNotificationsProps, DeadlineNotificationsStack } from '../../lib/index.ts';

/** What is deployed so, but for the function's bundle. */
export function synthesized(props?: DeadlineNotificationsProps) {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new DeadlineNotificationsStack(app, 'DeadlineNotifications', props);
  const template = Template.fromStack(stack);

  /** The logical id of the one resource of a type with these properties. */
  function idOf(type: string, properties: object = {}): string {
    const ids = Object.keys(template.findResources(type, { Properties: properties }));
    expect(ids).toHaveLength(1);
    return ids[0] as string;
  }

  /** The properties of the one resource of a type. */
  function propertiesOf(type: string) {
    return template.findResources(type)[idOf(type)]?.Properties;
  }

  /** The values of the outputs by their names. */
  function outputs(): Record<string, unknown> {
    const all = Object.entries(template.findOutputs('*'));
    return Object.fromEntries(all.map(([name, { Value }]) => [name, Value]));
  }

  return { stack, template, idOf, propertiesOf, outputs };
}

/** A value of a template as text, with what is known once it is deployed in angle brackets. */
export function text(value: unknown): string {
  const parts = (value as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join']?.[1] ?? [value];
  return parts
    .map((part) => (typeof part === 'string' ? part : `<${Object.values(part as object)}>`))
    .join('');
}

export const { stack, template, idOf, propertiesOf, outputs } = synthesized();

export const queue = idOf('AWS::SQS::Queue', { QueueName: 'DeadlineNotifications' });
export const deadLetters = idOf('AWS::SQS::Queue', {
  QueueName: 'DeadlineNotifications-DeadLetters',
});
export const jobs = idOf('AWS::DynamoDB::GlobalTable', { TableName: 'DeadlineJobNotifications' });
export const tasks = idOf('AWS::DynamoDB::GlobalTable', { TableName: 'DeadlineTaskNotifications' });
export const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
