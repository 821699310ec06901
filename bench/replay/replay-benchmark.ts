import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DeadLetterQueue } from '../../src/cli/aws/dead-letter-queue.ts';
import { AwsRequestHandler } from '../../src/cli/aws/request-handler.ts';
import type { StackOutputs } from '../../src/cli/aws/stack-outputs.ts';
import { replayAll } from '../../src/cli/commands/dead-letters/replay.ts';
import { TableClient } from '../../src/ingest/store/table-client.ts';
import { LOCAL } from '../../src/local/engines/environment.ts';
import { resourceNames } from '../../src/shared/resource-names.ts';
import { withBar } from '../../src/terminal/progress.ts';
import type { Report } from '../benchmarks.ts';
import { type Figure, summarize, summarizeRatio } from '../figure.ts';
import { measureInRounds } from '../rounds.ts';
import { startStubEndpoint } from '../stub-endpoint.ts';
import { stubQueueUrl } from '../stub-queue.ts';
import { replayPageAfterPage } from './page-after-page.ts';

/** Time until each answer, in ms. */
const DELAY = 50;
const LETTERS = 2_000;
const ROUNDS = 3;
const WARM_UP = 500;
/** Three hours of an outage of DynamoDB, at a hundred million notifications a month. */
const BACKLOG = { hours: 3, perSecond: 39 };

export const about = `\`dead-letters replay\` with ${LETTERS.toLocaleString('en-US')} dead letters, each of another task, against a stub of SQS and DynamoDB that answers every
request after ${DELAY} ms:

- **replay**: the command, which has several pages in work at once
- **page after page**: the same steps for one page of a hundred after another

The last column is a backlog of ${BACKLOG.hours} hours at ${BACKLOG.perSecond} notifications per second.`;

/** A way to replay all letters of a queue. Returns how many were replayed. */
type Replay = (url: string) => Promise<number>;

/** Measures how many dead letters are replayed per second. */
export async function run(signal: AbortSignal): Promise<Report> {
  using stub = await startStubEndpoint(signal, DELAY);
  const requestHandler = new AwsRequestHandler(undefined);
  const account = { ...LOCAL, endpoint: stub.endpoint, requestHandler };
  const { jobTable, taskTable } = resourceNames();
  const sides: Record<string, Replay> = {
    replay: async (url) => {
      await using queue = new DeadLetterQueue(account, url, signal);
      await queue.count();
      const stack: StackOutputs = {
        QueueUrl: url,
        DeadLetterQueueUrl: url,
        JobTableName: jobTable,
        TaskTableName: taskTable,
        NewestBy: 'sent_timestamp',
        RetentionDays: undefined,
        EmptyFields: 'keep',
        Rendering: 'off',
        History: 'off',
        Events: 'off',
        HistoryDays: 30,
      };
      const { written } = await withBar('dead letters', LETTERS, (onDone) =>
        replayAll(queue, stack, { account, signal }, 30_000, onDone),
      );
      return written;
    },
    'page after page': (url) => {
      const client = new DynamoDBClient({ ...account, maxAttempts: 1 });
      const tables = new TableClient(client, { job: jobTable, task: taskTable });
      return replayPageAfterPage(new SQSClient(account), url, tables, signal);
    },
  };

  /** Returns the time that it took, in s. */
  const measure = async (name: string, count: number) => {
    const begin = performance.now();
    const replayed = await sides[name]?.(stubQueueUrl(stub.endpoint, count));
    signal.throwIfAborted();
    if (replayed !== count) throw new Error(`${name} replayed ${replayed} of ${count}.`);
    return (performance.now() - begin) / 1_000;
  };
  for (const name of Object.keys(sides)) await measure(name, WARM_UP);
  const seconds = await measureInRounds(ROUNDS, Object.keys(sides), (name) =>
    measure(name, LETTERS),
  );
  const baseline = seconds.get('page after page') ?? [];
  return {
    blocks: [
      {
        title: 'Dead letters replayed',
        rows: [...seconds].map(([name, each]) => ({
          name,
          'times as fast': summarizeRatio(baseline, each),
          'dead letters per second': summarize(each.map((time) => LETTERS / time)),
          'minutes for three hours of outage': minutesFor(each),
        })),
      },
    ],
  };
}

function minutesFor(seconds: readonly number[]): Figure {
  const backlog = BACKLOG.hours * 3_600 * BACKLOG.perSecond;
  return summarize(seconds.map((time) => (backlog * (time / LETTERS)) / 60));
}
