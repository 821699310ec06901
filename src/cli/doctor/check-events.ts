import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  GetFunctionCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { shellWord } from '../../terminal/shell-word.ts';
import { resourcesOf } from '../aws/deployed-template.ts';
import { messageCount } from '../aws/queue-attributes.ts';
import { callName } from '../call-name.ts';
import { type Check, type Finding, noOutput, type SetUp, setUpOptions } from './check.ts';
import { eventFindings } from './event-findings.ts';
import { command } from './setting.ts';

/** Checks that new entries of the history become events, and that none were given up. */
export const checkEvents: Check = {
  name: 'events',
  needs:
    'lambda:GetFunction on their function, lambda:ListEventSourceMappings, dynamodb:DescribeTable on the history, and sqs:GetQueueAttributes on their queue',
  isPartOf: ({ Events }) => Events === 'on',
  async run(setUp) {
    const { session, stack, intended } = setUp;
    const { EventsFunctionName: FunctionName, HistoryTableName: TableName } = stack;
    if (FunctionName === undefined) return noOutput('EventsFunctionName');
    const options = { abortSignal: session.signal };
    const lambda = new LambdaClient(session.account);
    const [deployed, { EventSourceMappings: sources = [] }, { Table }] = await Promise.all([
      lambda.send(new GetFunctionCommand({ FunctionName }), options),
      lambda.send(new ListEventSourceMappingsCommand({ FunctionName }), options),
      new DynamoDBClient(session.account).send(new DescribeTableCommand({ TableName }), options),
    ]);
    const { Configuration: configuration = {}, Concurrency } = deployed;
    const lambdas = resourcesOf(intended.template, 'AWS::Lambda::Function');
    const own = lambdas.find(({ properties }) => properties.FunctionName === FunctionName);
    const source = resourcesOf(intended.template, 'AWS::Lambda::EventSourceMapping').find(
      ({ properties }) => (properties.FunctionName as { Ref?: string }).Ref === own?.id,
    );
    const findings = eventFindings({
      name: FunctionName,
      configuration,
      reserved: Concurrency?.ReservedConcurrentExecutions,
      sources,
      streamArn: Table?.LatestStreamArn,
      intended: { function: own?.properties ?? {}, source: source?.properties ?? {} },
      options: setUpOptions(setUp),
    });
    return {
      findings: [...findings, ...(await givenUp(setUp))],
      summary: `on, to ${stack.EventBusArn ?? 'the default bus'}`,
    };
  },
};

/** Batches that were not published in time. */
async function givenUp(setUp: SetUp): Promise<Finding[]> {
  const { UnsentEventsQueueUrl: url } = setUp.stack;
  if (url === undefined) return [];
  const count = messageCount(await setUp.readQueue(url));
  if (count === 0) return [];
  const options = `--stack ${shellWord(setUp.session.stackName)} ${setUpOptions(setUp)}`;
  return [
    {
      level: 'error',
      found: `${count === 1 ? '1 batch of events was' : `${count} batches of events were`} given up: see ${url}`,
      otherwise: 'These events did not go out.',
      fix: command(
        'Publish them from the history, since approximateArrivalOfFirstRecord in the oldest message, then purge the queue:',
        `${callName()} history publish --since <time> ${options}`,
        `aws sqs purge-queue ${setUpOptions(setUp)} --queue-url ${url}`,
      ),
    },
  ];
}
