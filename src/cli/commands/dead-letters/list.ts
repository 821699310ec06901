import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { shorten } from '../../../shared/errors.ts';
import { namesOf } from '../../../shared/resource-names.ts';
import { toRecord } from '../../../shared/sqs-record.ts';
import { readCall, runCommand } from '../../../terminal/command.ts';
import { EXIT } from '../../../terminal/exit-codes.ts';
import { printable } from '../../../terminal/printable.ts';
import { withBar } from '../../../terminal/progress.ts';
import { show } from '../../../terminal/table.ts';
import { DeadLetterQueue } from '../../aws/dead-letter-queue.ts';
import { type Account, findStack, rulesOf, type Stack } from '../../aws/stack-outputs.ts';
import { type DeadLetter, describe } from '../../dead-letter.ts';
import { explain } from '../../explain.ts';
import { confirm, find } from './delete.ts';
import { replay } from './replay.ts';

/** How much of a message is shown before it is deleted, in characters. */
const SHOWN = 4_000;

const USAGE = `Usage: npm run dead-letters -- [list | replay | delete <message id>] [--stack <name>] [--profile <name>] [--region <name>]

  list                 what is in the dead-letter queue, and why it was refused (as without a command)
  replay               stores those that can be stored, with the time at which they were first sent,
                       unless the row is as new, and deletes them; exit code 1 if any is left
  delete <message id>  deletes one for good, after a question

The stack is DeadlineNotifications, unless --stack names another: one with a prefix, or a farm's own.
For the local pipeline, paste the lines that it prints for it first.`;

type Command =
  | { readonly name: 'help' | 'list' | 'replay' }
  | { readonly name: 'delete'; readonly id: string };

await runCommand(async (signal) => {
  const call = readCall(USAGE, callOf);
  if (call === undefined) return EXIT.usage;
  if (call.command.name === 'help') {
    console.log(USAGE);
    return 0;
  }
  const { command, stackName, account } = call;
  const stack = await findStack(stackName, account);
  const sqs = new SQSClient(account);
  await using queue = new DeadLetterQueue(sqs, stack.DeadLetterQueueUrl);
  // Awaited here, as what the queue holds is released when this function is left.
  if (command.name === 'delete') return await remove(queue, stack, command.id, signal);
  if (command.name === 'replay') return await replayAll(queue, stack, account, signal);
  return await list(queue, stack, signal);
}, explain);

async function list(queue: DeadLetterQueue, stack: Stack, signal: AbortSignal): Promise<number> {
  const rules = rulesOf(stack);
  const total = await queue.length();
  const letters = await withBar('messages', total, async (onDone) => {
    const described: DeadLetter[] = [];
    for await (const messages of queue.receive(signal)) {
      const records = messages.map((message) => toRecord(message, queue.url));
      described.push(...records.map((record) => describe(record, rules)));
      onDone(messages.length);
    }
    return described;
  });
  letters.sort((a, b) => a.sent.localeCompare(b.sent));
  show(`Dead letters in ${queue.url}`, letters);
  tellOfOthers(total - queue.seen);
  return 0;
}

async function replayAll(
  queue: DeadLetterQueue,
  stack: Stack,
  account: Account,
  signal: AbortSignal,
): Promise<number> {
  const dynamoDb = new DynamoDBClient({ ...account, maxAttempts: 1 });
  const total = await queue.length();
  const { written, notNewer, left } = await withBar('messages', total, (onDone) =>
    replay(queue, dynamoDb, stack, onDone, signal),
  );
  console.log(`${written} written, ${notNewer} not newer than their rows, ${left.length} left.`);
  if (left.length > 0) show('Left in the dead-letter queue', left);
  tellOfOthers(total - queue.seen);
  return left.length > 0 || queue.seen < total ? EXIT.failure : 0;
}

async function remove(
  queue: DeadLetterQueue,
  stack: Stack,
  id: string,
  signal: AbortSignal,
): Promise<number> {
  const total = await queue.length();
  const message = await withBar('messages', total, (onDone) => find(queue, id, onDone, signal));
  if (message === undefined) {
    console.error(`There is no dead letter ${id} among the ${queue.seen} that SQS gave.`);
    tellOfOthers(total - queue.seen);
    return EXIT.failure;
  }
  show(queue.url, [describe(toRecord(message, queue.url), rulesOf(stack))]);
  console.log(printable(shorten(message.Body ?? '', SHOWN)));
  if (!(await confirm('Delete it for good? [y/N] ', signal))) {
    console.error('Not deleted.');
    return EXIT.failure;
  }
  const problem = (await queue.delete([id])).get(id);
  console.error(problem ?? 'Deleted.');
  return problem ? EXIT.failure : 0;
}

/** Of the messages that SQS counted before, but did not give. */
function tellOfOthers(count: number): void {
  if (count <= 0) return;
  console.error(
    `SQS counted ${count} more, which were not looked at: somebody else may hold them, for ten minutes ` +
      'at most, or the tables could not be reached. Try again then.',
  );
}

function callOf(): { command: Command; stackName: string; account: Account } {
  const name = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    options: {
      stack: { ...name, default: namesOf().name },
      profile: name,
      region: name,
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
  });
  const {
    help,
    stack: stackName,
    profile,
    region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION,
  } = values;
  if ([stackName, profile, region].includes('')) {
    throw new Error('--stack, --profile and --region take a name.');
  }
  const account = { ...(profile && { profile }), ...(region && { region }) };
  return { command: help ? { name: 'help' } : commandOf(positionals), stackName, account };
}

function commandOf([name = 'list', ...rest]: string[]): Command {
  const [id] = rest;
  if (name === 'delete' && id !== undefined && rest.length === 1) return { name, id };
  if ((name === 'list' || name === 'replay') && rest.length === 0) return { name };
  if (name === 'delete') throw new Error('delete takes one message id.');
  throw new Error(`There is no command ${[name, ...rest].join(' ')}.`);
}
