import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { COMMAND } from '../../shared/resource-names.ts';
import { EXIT } from '../../terminal/exit-codes.ts';
import { oneLine } from '../../terminal/printable.ts';
import { readStackOutputs, type StackOutputs } from '../aws/stack-outputs.ts';
import { messageIdentity, messageSubject } from '../message-subject.ts';
import {
  type CheckedMessage,
  checkMessage,
  readMessage,
  type Sample,
  sampleMessage,
} from '../outgoing-message.ts';
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

/** Puts notifications onto the queue: all of them, or none if any would be refused. */
export async function send(
  session: Session,
  files: readonly string[],
  { sample, force = false }: SendOptions,
): Promise<number> {
  const { stackName, account, signal } = session;
  const messages = sample ? [sampleMessage(sample)] : [];
  for (const file of files) messages.push(await readMessage(file, signal));
  const stack = await readStackOutputs(stackName, account, signal);
  const all = messages.map((message) => checkMessage(message, stack));

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
async function sendAll(
  all: readonly CheckedMessage[],
  stack: StackOutputs,
  session: Session,
): Promise<void> {
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
      sent.push({ file, messageId: MessageId, about: messageSubject(record) });
    }
  } finally {
    const left = all.slice(sent.length).map(({ file }) => file);
    if (left.length > 0) console.error(oneLine(`Not sent: ${left.join(', ')}`));
    await print(sent, (row) => row, session);
  }
}

/** Says what to ask for the first that will be stored, and where to find what will be refused. */
function tellWhatToAsk(all: readonly CheckedMessage[]): void {
  const stored = all.find(({ refusal }) => refusal === undefined);
  const { kind, jobId = '' } = (stored && messageIdentity(stored.record)) ?? {};
  const command = kind === 'job' ? 'job' : 'tasks';
  // Any other would have to be quoted, as each shell has it.
  if (/^[\w.-]+$/.test(jobId)) console.error(`In some seconds: ${COMMAND} ${command} ${jobId}`);
  if (all.some(({ refusal }) => refusal !== undefined)) {
    console.error(
      `What the function refuses ends in the dead-letter queue: ${COMMAND} dead-letters list`,
    );
  }
}
