import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { DeadlineNotificationsProps } from '../../lib/props.ts';
import { DeadlineNotificationsStack } from '../../lib/stack.ts';
import { resourceNames } from '../shared/resource-names.ts';

type Properties = Readonly<Record<string, unknown>>;

/** The parts of a CloudFormation template that can be created without AWS. */
export interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties: Properties }>
  >;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** The stack's name without a configuration. */
export const STACK_NAME = resourceNames().name;

/** The values of `Ref`, and of `Fn::GetAtt` of `Arn` and `StreamArn`, by logical id. */
export type References = Map<
  string,
  { readonly Ref: string; readonly Arn?: string; readonly StreamArn?: string | undefined }
>;

/** The template that `cdk deploy` would deploy, without the function's bundle. */
export async function synthesize(props: DeadlineNotificationsProps = {}): Promise<Template> {
  const outdir = await mkdtemp(join(tmpdir(), 'deadline-notifications-'));
  try {
    const app = new App({ outdir, context: { 'aws:cdk:bundling-stacks': [] } });
    const { stackName } = new DeadlineNotificationsStack(app, STACK_NAME, props);
    return app.synth().getStackByName(stackName).template as Template;
  } finally {
    await rm(outdir, { recursive: true });
  }
}

/** The logical ids and properties of all resources of a type. */
export function ofType(template: Template, type: string): [string, Properties][] {
  return Object.entries(template.Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties }]) => [id, Properties]);
}

/** Replaces the known references in a template's value; leaves all others. */
export function resolve(value: unknown, references: References): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => resolve(element, references));
  const { Ref, 'Fn::GetAtt': [id, attribute] = [] } = value as {
    Ref?: string;
    'Fn::GetAtt'?: [id: string, attribute: string];
  };
  if (Ref !== undefined) return references.get(Ref)?.Ref ?? value;
  if (id !== undefined && (attribute === 'Arn' || attribute === 'StreamArn')) {
    return references.get(id)?.[attribute] ?? value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, element]) => [key, resolve(element, references)]),
  );
}

/** The stack's outputs with references resolved. Leaves out outputs with other references. */
export function resolveOutputs(template: Template, references: References): Record<string, string> {
  return Object.fromEntries(
    Object.entries(template.Outputs).flatMap(([name, { Value }]) => {
      const value = resolve(Value, references);
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

/** A function's settings. */
export interface FunctionSettings {
  readonly environment: Record<string, string>;
  /** In ms. */
  readonly timeout: number;
}

/**
 * The settings of a function.
 *
 * @param name its name, unless it is the one that stores notifications
 */
export function functionSettings(
  template: Template,
  references: References,
  name: string = resourceNames().name,
): FunctionSettings {
  const [, properties] = functionNamed(template, name);
  const { Environment, Timeout } = resolve(properties, references) as {
    Environment: { Variables: Record<string, string> };
    Timeout: number;
  };
  return { environment: Environment.Variables, timeout: Timeout * 1_000 };
}

/** What passes the history's stream to a function. */
export interface StreamSourceSettings extends FunctionSettings {
  readonly streamArn: string;
  readonly batchSize: number;
  /** In ms. */
  readonly batchingWindow: number;
  /** In ms. */
  readonly maxRecordAge: number;
  /** The URL of the queue for what is given up. */
  readonly givenUpUrl: string;
}

/**
 * The settings of a function behind the history's stream, and of its source. The template must have them.
 *
 * @param name of the function
 * @param givenUp the name of the queue for what is given up
 */
export function streamSourceSettings(
  template: Template,
  references: References,
  name: string,
  givenUp: string,
): StreamSourceSettings {
  const [id] = functionNamed(template, name);
  const source = ofType(template, 'AWS::Lambda::EventSourceMapping')
    .map(([, properties]) => properties)
    .find(({ FunctionName }) => (FunctionName as { Ref?: string }).Ref === id);
  const { EventSourceArn, BatchSize, MaximumBatchingWindowInSeconds, MaximumRecordAgeInSeconds } =
    resolve(source, references) as {
      EventSourceArn: string;
      BatchSize: number;
      MaximumBatchingWindowInSeconds: number;
      MaximumRecordAgeInSeconds: number;
    };
  return {
    ...functionSettings(template, references, name),
    streamArn: EventSourceArn,
    batchSize: BatchSize,
    batchingWindow: MaximumBatchingWindowInSeconds * 1_000,
    maxRecordAge: MaximumRecordAgeInSeconds * 1_000,
    givenUpUrl: queueUrl(template, references, givenUp),
  };
}

/** The URL of a queue that is created. */
export function queueUrl(template: Template, references: References, name: string): string {
  const queues = ofType(template, 'AWS::SQS::Queue');
  const [id = ''] = queues.find(([, { QueueName }]) => QueueName === name) ?? [];
  return references.get(id)?.Ref ?? '';
}

/** Makes functions known by their names, as the stack's outputs have them. */
export function nameFunctions(
  template: Template,
  references: References,
  names: readonly string[],
): void {
  for (const name of names) references.set(functionNamed(template, name)[0], { Ref: name });
}

function functionNamed(template: Template, name: string): [id: string, Properties] {
  const found = ofType(template, 'AWS::Lambda::Function').find(
    ([, { FunctionName }]) => FunctionName === name,
  );
  if (found === undefined) throw new Error(`The template has no function ${name}`);
  return found;
}
