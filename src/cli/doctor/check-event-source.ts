import {
  type EventSourceMappingConfiguration,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { type Check, type CheckResult, noOutput, type SetUp, setUpOptions } from './check.ts';

/** Whether Lambda feeds the queue to the function. */
export const checkEventSource: Check = {
  name: 'event source',
  needs: 'lambda:ListEventSourceMappings',
  async run(setUp) {
    const { session, stack } = setUp;
    const { FunctionName, QueueUrl } = stack;
    if (FunctionName === undefined) return noOutput('FunctionName');
    const { EventSourceMappings = [] } = await new LambdaClient(session.account).send(
      new ListEventSourceMappingsCommand({ FunctionName }),
      { abortSignal: session.signal },
    );
    const queueName = QueueUrl.split('/').at(-1);
    const source = EventSourceMappings.find(
      ({ EventSourceArn }) => EventSourceArn?.split(':').at(-1) === queueName,
    );
    return source ? describeSource(source, setUp) : none(FunctionName, setUp);
  },
};

function describeSource(source: EventSourceMappingConfiguration, setUp: SetUp): CheckResult {
  const { State = 'unknown', BatchSize, MaximumBatchingWindowInSeconds = 0, UUID } = source;
  if (State === 'Enabled') {
    const batches = `batches of up to ${BatchSize} messages, gathered for ${MaximumBatchingWindowInSeconds} s`;
    return { ok: true, found: `enabled, ${batches}` };
  }
  const found = `is ${State}: the function does not get what is in the queue`;
  if (['Creating', 'Enabling', 'Updating'].includes(State)) {
    return { ok: false, found, fix: 'Wait a minute, and look again.', blocks: true };
  }
  const enable = `aws lambda update-event-source-mapping ${setUpOptions(setUp)} --uuid ${UUID} --enabled`;
  return { ok: false, found, fix: `Enable it:\n\n  ${enable}`, blocks: true };
}

function none(name: string, setUp: SetUp): CheckResult {
  return {
    ok: false,
    found: `none: nothing feeds the queue to the function ${name}`,
    fix:
      'Was it deleted by hand? CloudFormation does not make it again. Put one there:\n\n' +
      `  aws lambda create-event-source-mapping ${setUpOptions(setUp)} --function-name ${name}` +
      ' --event-source-arn <ARN of the queue> --function-response-types ReportBatchItemFailures',
    blocks: true,
  };
}
