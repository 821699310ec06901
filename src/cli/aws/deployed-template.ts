import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { Session } from '../session.ts';

/** A resource's properties as the template has them: some values are references such as `{ Ref: … }`. */
export type Properties = Readonly<Record<string, unknown>>;

/** A resource of a deployed stack's template. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: Properties;
}

/** What a deployed stack consists of. */
export type DeployedTemplate = readonly Resource[];

/** Reads the template that the stack was deployed with. The CDK writes templates in JSON. */
export async function readTemplate({
  account,
  stackName,
  signal,
}: Session): Promise<DeployedTemplate> {
  const { TemplateBody = '{}' } = await new CloudFormationClient(account).send(
    new GetTemplateCommand({ StackName: stackName, TemplateStage: 'Processed' }),
    { abortSignal: signal },
  );
  const {
    Resources = {},
  }: { Resources?: Record<string, { Type: string; Properties?: Properties }> } =
    JSON.parse(TemplateBody);
  return Object.entries(Resources).map(([id, { Type, Properties = {} }]) => ({
    id,
    type: Type,
    properties: Properties,
  }));
}

/** The resources of a type, such as `AWS::SQS::Queue`. */
export function resourcesOf(template: DeployedTemplate, type: string): DeployedTemplate {
  return template.filter((each) => each.type === type);
}
