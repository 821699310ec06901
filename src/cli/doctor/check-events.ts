import { shellWord } from '../../terminal/shell-word.ts';
import { messageCount } from '../aws/queue-attributes.ts';
import { callName } from '../call-name.ts';
import { type Check, type Finding, noOutput, type SetUp, setUpOptions } from './check.ts';
import { historyStreamArn, readFedFunction } from './fed-function.ts';
import { type Consequences, fedFunctionFindings } from './fed-function-findings.ts';
import { command } from './setting.ts';

/** What happens if events are not published as the stack set it. */
export const OF_EVENTS: Consequences = {
  source: 'the stream of the history',
  stopped: 'No events go out. After a day, DynamoDB deletes what the stream holds.',
  uncertain: 'Events may not go out.',
  lost: 'Events that the bus does not take are lost.',
  batches: 'Events go out later, or the function runs more often.',
  givenUp: {
    untold: 'Nobody learns of events that are given up.',
    sooner: 'Events are given up sooner, or are deleted from the stream without a trace.',
  },
  variables: {
    EVENT_BUS_NAME: 'Events go to another bus.',
    FARM_ID: 'Rules that match the id do not match.',
    QUEUE_ID: 'Rules that match the id do not match.',
  },
};

/** Checks that new entries of the history become events, and that none were given up. */
export const checkEvents: Check = {
  name: 'events',
  needs:
    'lambda:GetFunction on their function, lambda:ListEventSourceMappings, dynamodb:DescribeTable on the history, and sqs:GetQueueAttributes on their queue',
  isPartOf: ({ Events }) => Events === 'on',
  async run(setUp) {
    const { EventsFunctionName: name, EventBusArn } = setUp.stack;
    if (name === undefined) return noOutput('EventsFunctionName');
    const [deployed, streamArn] = await Promise.all([
      readFedFunction(setUp, name),
      historyStreamArn(setUp),
    ]);
    return {
      findings: [...fedFunctionFindings(deployed, streamArn, OF_EVENTS), ...(await givenUp(setUp))],
      summary: `on, to ${EventBusArn ?? 'the default bus'}`,
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
