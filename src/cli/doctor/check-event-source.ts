import {
  type EventSourceMappingConfiguration,
  LambdaClient,
  type ListEventSourceMappingsCommandInput,
  paginateListEventSourceMappings,
} from '@aws-sdk/client-lambda';
import { type Check, noOutput, type SetUp, setUpOptions } from './check.ts';
import { describeBatches, sourceFindings } from './source-findings.ts';

/** Checks that Lambda polls the queue for the function, and for no other. */
export const checkEventSource: Check = {
  name: 'event source',
  needs: 'lambda:ListEventSourceMappings, and sqs:GetQueueAttributes on both queues',
  async run(setUp) {
    const { stack, intended, readQueue } = setUp;
    const { FunctionName } = stack;
    if (FunctionName === undefined) return noOutput('FunctionName');
    const { QueueArn = '' } = await readQueue(stack.QueueUrl);
    const deadLetters = await readQueue(stack.DeadLetterQueueUrl).catch(() => undefined);
    const [ofQueue, ofFunction, ofDeadLetters] = await Promise.all([
      list(setUp, { EventSourceArn: QueueArn }),
      list(setUp, { FunctionName }),
      deadLetters ? list(setUp, { EventSourceArn: deadLetters.QueueArn }) : [],
    ]);
    const sources = {
      functionName: FunctionName,
      queueArn: QueueArn,
      ofQueue,
      ofFunction,
      ofDeadLetters,
      intended,
      options: setUpOptions(setUp),
    };
    return { findings: sourceFindings(sources), summary: `enabled, ${describeBatches(sources)}` };
  },
};

async function list(
  { session: { account, signal } }: SetUp,
  query: ListEventSourceMappingsCommandInput,
): Promise<EventSourceMappingConfiguration[]> {
  const found: EventSourceMappingConfiguration[] = [];
  const client = new LambdaClient(account);
  for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings(
    { client },
    query,
    { abortSignal: signal },
  )) {
    found.push(...EventSourceMappings);
  }
  return found;
}
