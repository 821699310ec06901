import type { Template } from 'aws-cdk-lib/assertions';

/** A metric as alarms and dashboards have it. */
export interface MetricStat {
  readonly Metric: {
    readonly Namespace: string;
    readonly MetricName: string;
    readonly Dimensions: readonly { readonly Name: string; readonly Value: unknown }[];
  };
  readonly Period: number;
  readonly Stat: string;
}

/** Says what a value of the template refers to in a few words: the resource's name, or its type. */
export function named(template: Template): (value: unknown) => string {
  const { Resources } = template.toJSON();
  return (value) => {
    if (typeof value === 'string') return value;
    const { Ref, 'Fn::GetAtt': [id] = [Ref] } = value as { Ref?: string; 'Fn::GetAtt'?: string[] };
    const { Type, Properties } = Resources[id as string] ?? {};
    return (
      Properties?.QueueName ??
      Properties?.TableName ??
      String(Type ?? id)
        .split('::')
        .at(-1)
    );
  };
}

/** A metric in one line, such as `AWS/Lambda Errors Function Sum`. */
export function line(name: (value: unknown) => string, { Metric, Stat }: MetricStat): string {
  const { Namespace, MetricName, Dimensions } = Metric;
  const dimensions = Dimensions.map(({ Name, Value }) => `${Name}=${name(Value)}`);
  return [Namespace, MetricName, ...dimensions, Stat].join(' ');
}
