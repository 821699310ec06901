import { setTimeout } from 'node:timers/promises';
import type { Answer, SampleMessage } from '../../alerts/message/channel-message.ts';
import { suggestion } from '../../shared/alerts/suggestion.ts';
import { NotFound } from '../../shared/errors.ts';
import { oneLine } from '../../shared/printable.ts';
import { EXIT } from '../../terminal/exit-codes.ts';
import { printLine } from '../../terminal/screen.ts';
import { answerObject, answerText } from '../alerts/sample-answer.ts';
import { AlertFunctions } from '../aws/alert-functions.ts';
import { readStackOutputs } from '../aws/stack-outputs.ts';
import { jsonLine } from '../output.ts';
import type { Session } from '../session.ts';

/** The longest time that a channel is left alone before it gets the next sample, or the same again, in s. */
const PATIENCE = 30;

/**
 * Sends a sample of each transition of an alert to each of its channels, one after the other, and says what each
 * answered.
 *
 * @throws NotFound if there is no such alert
 */
export async function testAlert(session: Session, name: string): Promise<number> {
  const { stackName, account, signal, json, output, screen } = session;
  const stack = await readStackOutputs(stackName, account, signal);
  const functions = new AlertFunctions(session, stack);
  const names = (await functions.list()).map((alert) => alert.name);
  if (!names.includes(name)) {
    throw new NotFound(`There is no alert ${name}${suggestion(name, names)}.`);
  }
  const samples = await functions.samples(name);
  const width = Math.max(...samples.map(({ transition }) => transition.length));
  let code = 0;
  for (const [channel, ofChannel] of byChannel(samples)) {
    if (!json) printLine(screen, oneLine(channel));
    for (const sample of ofChannel) {
      output.throwIfAborted();
      const answer = await sendPatiently(sample, functions, signal);
      if (answer.status !== 'sent') code = EXIT.failure;
      if (json) console.log(jsonLine(answerObject(sample, answer)));
      else printLine(screen, `  ${sample.transition.padEnd(width)}  ${answerText(answer, screen)}`);
    }
  }
  return code;
}

/** Sends a sample, and once again if its channel only wants to be left alone for a while: samples come quickly. */
async function sendPatiently(
  sample: SampleMessage,
  functions: AlertFunctions,
  signal: AbortSignal,
): Promise<Answer> {
  const answer = await functions.send(sample);
  if (!('after' in answer) || (answer.after ?? 0) > PATIENCE) return answer;
  await setTimeout(1_000 * (answer.after ?? 0), undefined, { signal });
  return answer.status === 'later' ? functions.send(sample) : answer;
}

function byChannel(samples: readonly SampleMessage[]): Map<string, SampleMessage[]> {
  return Map.groupBy(samples, ({ channel }) => channel);
}
