import { indexesWith, type TableIndex } from '../../shared/indexes.ts';
import type { Kind } from '../../shared/kinds.ts';
import { type DeployedTemplate, type Properties, resourcesOf } from '../aws/deployed-template.ts';
import { historyRules, type StackOutputs } from '../aws/stack-outputs.ts';

/**
 * What the deployed stack set, or told people to set on existing parts. Times are in s. `undefined` where
 * the stack leaves it to AWS, or where its template could not be read.
 */
export interface Intended {
  readonly template: DeployedTemplate;
  readonly queue: {
    /** Deadline's queue existed before the stack. */
    readonly isAdopted: boolean;
    readonly visibilityTimeout: number | undefined;
    readonly maxReceiveCount: number | undefined;
  };
  readonly deadLetters: {
    readonly retention: number | undefined;
    /** The ARN of the KMS key of both queues. */
    readonly key: string | undefined;
    readonly deniesRedrive: boolean;
  };
  readonly function: {
    readonly timeout: number | undefined;
    readonly memory: number | undefined;
    readonly environment: Readonly<Record<string, string>>;
  };
  readonly source: {
    readonly batchSize: number | undefined;
    readonly window: number | undefined;
    readonly maxConcurrency: number | undefined;
  };
  /** The tables that existed before the stack. */
  readonly adoptedTables: readonly Kind[];
  /** The indexes of both tables. */
  readonly indexes: readonly TableIndex[];
  /** The alarms' properties, by name. */
  readonly alarms: Readonly<Record<string, Properties>>;
  /** Parts of the same app may send, by policies of their own. */
  readonly grantsSend: boolean;
}

/** @param template empty if it could not be read */
export function intend(template: DeployedTemplate, stack: StackOutputs): Intended {
  const named = (type: string, property: string, name: string | undefined) =>
    resourcesOf(template, type).find(({ properties }) => properties[property] === name);
  const queueNamed = (url: string) => named('AWS::SQS::Queue', 'QueueName', url.split('/').at(-1));

  const queue = queueNamed(stack.QueueUrl)?.properties;
  const deadLetters = queueNamed(stack.DeadLetterQueueUrl)?.properties;
  const lambda = named('AWS::Lambda::Function', 'FunctionName', stack.FunctionName);
  const source = resourcesOf(template, 'AWS::Lambda::EventSourceMapping').find(
    ({ properties }) => lambda !== undefined && reference(properties.FunctionName) === lambda.id,
  )?.properties;
  const told = queue ?? toldAttributes(stack.SetUpQueue);
  return {
    template,
    queue: {
      isAdopted: stack.SetUpQueue !== undefined,
      visibilityTimeout: number(told.VisibilityTimeout),
      maxReceiveCount: number(object(told.RedrivePolicy).maxReceiveCount),
    },
    deadLetters: {
      retention: number(deadLetters?.MessageRetentionPeriod),
      key: text(deadLetters?.KmsMasterKeyId),
      deniesRedrive: resourcesOf(template, 'AWS::SQS::QueuePolicy').some(({ properties }) =>
        JSON.stringify(properties).includes('"sqs:StartMessageMoveTask"'),
      ),
    },
    function: {
      timeout: number(lambda?.properties.Timeout),
      memory: number(lambda?.properties.MemorySize),
      environment: environment(lambda?.properties, stack),
    },
    source: {
      batchSize: number(source?.BatchSize),
      window: source && (number(source.MaximumBatchingWindowInSeconds) ?? 0),
      maxConcurrency: number(object(source?.ScalingConfig).MaximumConcurrency),
    },
    adoptedTables: [
      ...(stack.SetUpJobTable === undefined ? [] : (['job'] as const)),
      ...(stack.SetUpTaskTable === undefined ? [] : (['task'] as const)),
    ],
    indexes: indexesWith(stack.Rendering),
    alarms: Object.fromEntries(
      resourcesOf(template, 'AWS::CloudWatch::Alarm')
        .map(({ properties }) => [text(properties.AlarmName) ?? '', properties] as const)
        .filter(([name]) => name.startsWith(`${stack.FunctionName}-`)),
    ),
    grantsSend: template.some(
      ({ type, properties }) =>
        /^AWS::IAM::(Policy|Role|User|Group)$/.test(type) &&
        JSON.stringify(properties).includes('"sqs:GetQueueUrl"'),
    ),
  };
}

/** The function's variables. The outputs name those that decide what is stored where. */
function environment(lambda: Properties | undefined, stack: StackOutputs): Record<string, string> {
  const set = Object.entries(object(object(lambda?.Environment).Variables));
  const history = historyRules(stack);
  return {
    JOB_TABLE_NAME: stack.JobTableName,
    TASK_TABLE_NAME: stack.TaskTableName,
    NEWEST_BY: stack.NewestBy,
    ...(stack.RetentionDays !== undefined && { RETENTION_DAYS: String(stack.RetentionDays) }),
    ...(stack.EmptyFields === 'omit' && { EMPTY_FIELDS: stack.EmptyFields }),
    ...(stack.Rendering === 'on' && { RENDERING: stack.Rendering }),
    ...(history && {
      HISTORY: history.level,
      HISTORY_DAYS: String(history.days),
      HISTORY_TABLE_NAME: history.tableName,
    }),
    ...Object.fromEntries(
      set.filter((each): each is [string, string] => typeof each[1] === 'string'),
    ),
  };
}

/** The attributes that the command in the output `SetUpQueue` sets, in the form of a template. */
function toldAttributes(command: string | undefined): Properties {
  const [, attributes = '{}'] = /--attributes '(\{.*\})'/.exec(command ?? '') ?? [];
  const { RedrivePolicy = '{}', ...others } = JSON.parse(attributes);
  return { ...others, RedrivePolicy: JSON.parse(RedrivePolicy) };
}

function object(value: unknown): Properties {
  return typeof value === 'object' && value !== null ? (value as Properties) : {};
}

/** CloudFormation also takes numbers as texts. */
function number(value: unknown): number | undefined {
  return value === undefined || typeof value === 'object' ? undefined : Number(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function reference(value: unknown): string | undefined {
  return text(object(value).Ref);
}
