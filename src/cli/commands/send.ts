import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { EXIT } from '../../terminal/exit-codes.ts';
import { oneLine } from '../../terminal/printable.ts';
import { findStack, type Stack } from '../aws/stack-outputs.ts';
import { type Checked, check } from '../check-message.ts';
import { aboutOf, identityOf } from '../message-subject.ts';
import { readLetter, type Sample, sampleLetter } from '../outgoing-message.ts';
import { print } from '../output.ts';
import type { Session } from '../session.ts';

export interface SendOptions {
  /** In place of files. */
  readonly sample?: Sample;
  /** What the function would refuse, too. */
  readonly force?: boolean;
}

/** What SQS has taken. */
type Sent = Readonly<Record<'file' | 'about', string>> & { readonly messageId: string | undefined };

/** Puts notifications onto the queue: all of them, or none, if it would be in vain for any. */
export async function send(
  session: Session,
  files: readonly string[],
  { sample, force = false }: SendOptions,
): Promise<number> {
  const { stackName, account, signal } = session;
  const letters = sample ? [sampleLetter(sample)] : [];
  for (const file of files) letters.push(await readLetter(file, signal));
  const stack = await findStack(stackName, account, signal);
  const all = letters.map((letter) => check(letter, stack));

  const wrong = all.filter(({ problem, refusal }) => (problem ?? refusal) !== undefined);
  const isImpossible = wrong.some(({ problem }) => problem !== undefined);
  for (const { file, problem, refusal } of wrong) {
    console.error(oneLine(`${file}: ${problem ?? refusal}`));
  }
  if (isImpossible || (wrong.length > 0 && !force)) {
    console.error(`Nothing was sent.${isImpossible ? '' : ' --force sends it all the same.'}`);
    return EXIT.dataError;
  }
  await sendAll(all, stack, session);
  tellWhatToAsk(all);
  return 0;
}

/** @throws what SQS says of the first that it does not take, after which none is sent */
async function sendAll(all: readonly Checked[], stack: Stack, session: Session): Promise<void> {
  const { account, signal } = session;
  const sqs = new SQSClient(account);
  const sent: Sent[] = [];
  try {
    for (const { file, body, record } of all) {
      signal.throwIfAborted();
      // Not broken off: nobody would know whether it was sent.
      const { MessageId } = await sqs.send(
        new SendMessageCommand({ QueueUrl: stack.QueueUrl, MessageBody: body }),
      );
      sent.push({ file, messageId: MessageId, about: aboutOf(record) });
    }
  } finally {
    const left = all.slice(sent.length).map(({ file }) => file);
    if (left.length > 0) console.error(oneLine(`Not sent: ${left.join(', ')}`));
    await print(sent, (row) => row, session);
  }
}

/** Names a command for the first of them, and another for what the function will refuse. */
function tellWhatToAsk(all: readonly Checked[]): void {
  const stored = all.find(({ refusal }) => refusal === undefined);
  const { kind, jobId = '' } = (stored && identityOf(stored.record)) ?? {};
  const command = kind === 'job' ? 'job' : 'tasks';
  // Any other would have to be quoted, as each shell has it.
  if (/^[\w.-]+$/.test(jobId)) console.error(`In some seconds: npx deadline ${command} ${jobId}`);
  if (all.some(({ refusal }) => refusal !== undefined)) {
    console.error('What the function refuses ends in the dead-letter queue: npm run dead-letters');
  }
}
