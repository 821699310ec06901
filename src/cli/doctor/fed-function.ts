import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type EventSourceMappingConfiguration,
  type FunctionConfiguration,
  GetFunctionCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { type Properties, resourcesOf } from '../aws/deployed-template.ts';
import { type SetUp, setUpOptions } from './check.ts';

/** A function beside the one that stores notifications, and what feeds it, as they are. */
export interface FedFunction {
  readonly name: string;
  readonly configuration: FunctionConfiguration;
  /** The function's reserved concurrency; `undefined` if it has none. */
  readonly reserved: number | undefined;
  readonly sources: readonly EventSourceMappingConfiguration[];
  /** What the template has of the function and its source; empty if it could not be read. */
  readonly intended: { readonly function: Properties; readonly source: Properties };
  /** Options for the AWS CLI. */
  readonly options: string;
}

/** Reads what is set of a function and its event sources. */
export async function readFedFunction(setUp: SetUp, FunctionName: string): Promise<FedFunction> {
  const { session, intended } = setUp;
  const options = { abortSignal: session.signal };
  const lambda = new LambdaClient(session.account);
  const [deployed, { EventSourceMappings: sources = [] }] = await Promise.all([
    lambda.send(new GetFunctionCommand({ FunctionName }), options),
    lambda.send(new ListEventSourceMappingsCommand({ FunctionName }), options),
  ]);
  const { Configuration: configuration = {}, Concurrency } = deployed;
  const own = resourcesOf(intended.template, 'AWS::Lambda::Function').find(
    ({ properties }) => properties.FunctionName === FunctionName,
  );
  const source = resourcesOf(intended.template, 'AWS::Lambda::EventSourceMapping').find(
    ({ properties }) => (properties.FunctionName as { Ref?: string }).Ref === own?.id,
  );
  return {
    name: FunctionName,
    configuration,
    reserved: Concurrency?.ReservedConcurrentExecutions,
    sources,
    intended: { function: own?.properties ?? {}, source: source?.properties ?? {} },
    options: setUpOptions(setUp),
  };
}

/** The ARN of the history's stream; `undefined` if it has none. */
export async function historyStreamArn({ session, stack }: SetUp): Promise<string | undefined> {
  const { Table } = await new DynamoDBClient(session.account).send(
    new DescribeTableCommand({ TableName: stack.HistoryTableName }),
    { abortSignal: session.signal },
  );
  return Table?.LatestStreamArn;
}
