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

/** The values of `Ref` and `Fn::GetAtt` of `Arn`, by logical id. */
export type References = Map<string, { readonly Ref: string; readonly Arn?: string }>;

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
  if (id !== undefined && attribute === 'Arn') return references.get(id)?.Arn ?? value;
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

/** The function's environment variables, and its timeout in ms. */
export function functionSettings(
  template: Template,
  references: References,
): { environment: Record<string, string>; timeout: number } {
  const [[, properties] = []] = ofType(template, 'AWS::Lambda::Function');
  const { Environment, Timeout } = resolve(properties, references) as {
    Environment: { Variables: Record<string, string> };
    Timeout: number;
  };
  return { environment: Environment.Variables, timeout: Timeout * 1_000 };
}
