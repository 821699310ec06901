import {
  type EventSourceMappingConfiguration,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { type Check, type CheckResult, noOutput, type SetUp, setUpOptions } from './check.ts';

/** Checks that Lambda polls the queue for the function. */
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
    const batches = `batches of up to ${BatchSize} messages, collected for up to ${MaximumBatchingWindowInSeconds} s`;
    return { ok: true, found: `enabled, ${batches}` };
  }
  const found = `${State}: the function does not receive messages from the queue`;
  if (['Creating', 'Enabling', 'Updating'].includes(State)) {
    return { ok: false, found, fix: 'Wait a minute, then check again.', blocks: true };
  }
  const enable = `aws lambda update-event-source-mapping ${setUpOptions(setUp)} --uuid ${UUID} --enabled`;
  return { ok: false, found, fix: `Enable it:\n\n  ${enable}`, blocks: true };
}

function none(name: string, setUp: SetUp): CheckResult {
  return {
    ok: false,
    found: `missing: the function ${name} does not receive messages from the queue`,
    fix:
      'Was it deleted by hand? CloudFormation does not recreate it. Create it:\n\n' +
      `  aws lambda create-event-source-mapping ${setUpOptions(setUp)} --function-name ${name}` +
      ' --event-source-arn <ARN of the queue> --function-response-types ReportBatchItemFailures',
    blocks: true,
  };
}
