import {
  type EventSourceMappingConfiguration,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { cliOptionsOf, type Look, lacks, type SetUp, type Step } from './check.ts';

/** Whether Lambda feeds the queue to the function. */
export const eventSource: Step = {
  step: 'event source',
  needs: 'lambda:ListEventSourceMappings',
  async look(setUp) {
    const { session, stack } = setUp;
    const { FunctionName, QueueUrl } = stack;
    if (FunctionName === undefined) return lacks('FunctionName');
    const { EventSourceMappings = [] } = await new LambdaClient(session.account).send(
      new ListEventSourceMappingsCommand({ FunctionName }),
      { abortSignal: session.signal },
    );
    const queueName = QueueUrl.split('/').at(-1);
    const source = EventSourceMappings.find(
      ({ EventSourceArn }) => EventSourceArn?.split(':').at(-1) === queueName,
    );
    return source ? stateOf(source, setUp) : none(FunctionName, setUp);
  },
};

function stateOf(source: EventSourceMappingConfiguration, setUp: SetUp): Look {
  const { State = 'unknown', BatchSize, MaximumBatchingWindowInSeconds = 0, UUID } = source;
  if (State === 'Enabled') {
    const batches = `batches of up to ${BatchSize} messages, gathered for ${MaximumBatchingWindowInSeconds} s`;
    return { ok: true, found: `enabled, ${batches}` };
  }
  const found = `is ${State}: the function does not get what is in the queue`;
  if (['Creating', 'Enabling', 'Updating'].includes(State)) {
    return { ok: false, found, mend: 'Wait a minute, and look again.', blocks: true };
  }
  const enable = `aws lambda update-event-source-mapping ${cliOptionsOf(setUp)} --uuid ${UUID} --enabled`;
  return { ok: false, found, mend: `Enable it:\n\n  ${enable}`, blocks: true };
}

function none(name: string, setUp: SetUp): Look {
  return {
    ok: false,
    found: `none: nothing feeds the queue to the function ${name}`,
    mend:
      'Was it deleted by hand? CloudFormation does not make it again. Put one there:\n\n' +
      `  aws lambda create-event-source-mapping ${cliOptionsOf(setUp)} --function-name ${name}` +
      ' --event-source-arn <ARN of the queue> --function-response-types ReportBatchItemFailures',
    blocks: true,
  };
}
