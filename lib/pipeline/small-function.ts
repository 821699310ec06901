import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  type Code,
  type IFunction,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration.ts';
import { TIMEOUT } from './delivery.ts';

export interface SmallFunctionProps {
  readonly configuration: Configuration;
  readonly functionName: string;
  readonly logGroupName: string;
  readonly description: string;
  readonly code: Code;
  readonly environment: Readonly<Record<string, string>>;
  /** The name of the role's policy. */
  readonly policyName: string;
  /** What it may do, besides logging. */
  readonly statements: readonly PolicyStatement[];
  /** Of the queues that it uses; `undefined` for SQS's own. */
  readonly key: IKey | undefined;
}

export interface SmallFunction {
  readonly function: IFunction;
  readonly logGroup: LogGroup;
}

/** Adds a function that does one thing beside the pipeline, with its log group, and a role with only what it needs. */
export function addSmallFunction(scope: Construct, props: SmallFunctionProps): SmallFunction {
  const logGroup = new LogGroup(scope, 'Logs', {
    logGroupName: props.logGroupName,
    retention: props.configuration.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const statements = [
    ...props.statements,
    new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
  ];
  if (props.key) {
    const actions = ['kms:GenerateDataKey', 'kms:Decrypt'];
    statements.push(new PolicyStatement({ actions, resources: [props.key.keyArn] }));
  }
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { [props.policyName]: new PolicyDocument({ statements }) },
  });
  const lambda = new LambdaFunction(scope, 'Function', {
    functionName: props.functionName,
    description: props.description,
    code: props.code,
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: 256,
    timeout: TIMEOUT,
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    environment: { ...props.environment, POWERTOOLS_SERVICE_NAME: props.functionName },
  });
  return { function: lambda, logGroup };
}
