import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { oneLine } from '../../shared/printable.ts';
import { REDELIVERY_HOURS } from '../../shared/setting-values.ts';
import { EXIT } from '../../terminal/exit-codes.ts';
import { readStackOutputs, type StackOutputs } from '../aws/stack-outputs.ts';
import { callName } from '../call-name.ts';
import { Listing, type View } from '../listing.ts';
import { messageIdentity, messageSubject } from '../message-subject.ts';
import {
  type CheckedMessage,
  checkMessage,
  readMessage,
  type Sample,
  sampleMessage,
} from '../outgoing-message.ts';
import type { Session } from '../session.ts';

export interface SendOptions {
  /** Replaces files. */
  readonly sample?: Sample;
  /** Also sends what the function would reject. */
  readonly force?: boolean;
}

/** A message that SQS accepted. */
type Sent = Readonly<Record<'file' | 'about', string>> & { readonly messageId: string | undefined };

const VIEW: View<Sent> = {
  columns: [
    { name: 'file', value: ({ file }) => file, elide: 'middle', width: [16, 40] },
    { name: 'messageId', value: ({ messageId }) => messageId },
    { name: 'about', value: ({ about }) => about, elide: 'end', width: [12, 40] },
  ],
  always: ['file', 'messageId'],
  further: ['about'],
};

/** Sends notifications to the queue: all of them, or none if any would be rejected. */
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
    const names = wrong.map(({ file }) => file).join(', ');
    const because = wrong.length < all.length ? `, because of ${names}` : '';
    const cure = isImpossible ? '' : ' Use --force to send it anyway.';
    console.error(oneLine(`Nothing was sent${because}.${cure}`));
    return EXIT.dataError;
  }
  await sendAll(all, stack, session);
  tellWhatToAsk(all);
  return 0;
}

/** @throws SQS's error for the first message that it does not accept; none is sent after it */
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
      // No abort signal: after an aborted request, nobody knows whether the message was sent.
      const { MessageId } = await sqs.send(
        new SendMessageCommand({ QueueUrl: stack.QueueUrl, MessageBody: body }),
      );
      sent.push({ file, messageId: MessageId, about: messageSubject(record) });
    }
  } finally {
    const left = all.slice(sent.length).map(({ file }) => file);
    if (left.length > 0) console.error(oneLine(`Not sent: ${left.join(', ')}`));
    await new Listing(VIEW, {}, session).print(sent);
  }
}

/** Says how to look up the first message that will be stored, and where to find rejected ones. */
function tellWhatToAsk(all: readonly CheckedMessage[]): void {
  const stored = all.find(({ refusal }) => refusal === undefined);
  const { kind, jobId = '' } = (stored && messageIdentity(stored.record)) ?? {};
  const command = kind === 'job' ? 'job' : 'tasks';
  // Other ids would need quoting, which differs between shells.
  if (/^[\w.-]+$/.test(jobId)) console.error(`In a few seconds: ${callName()} ${command} ${jobId}`);
  if (all.some(({ refusal }) => refusal !== undefined)) {
    console.error(
      `SQS redelivers rejected messages for up to ${REDELIVERY_HOURS} hours. Then they are dead letters: ${callName()} dead-letters list`,
    );
  }
}
