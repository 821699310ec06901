import type { Answer, SampleMessage } from '../../alerts/message/channel-message.ts';
import { oneLine } from '../../shared/printable.ts';
import { painted, type Screen } from '../../terminal/screen.ts';

/** What a channel answered to a sample, for programs. `after` is in s. */
export function answerObject({ alert, channel, transition }: SampleMessage, answer: Answer) {
  const { status } = answer;
  const detail = answer.status === 'sent' ? answer.detail : answer.reason;
  const after = answer.status === 'later' ? answer.after : undefined;
  return { alert, channel, transition, status, detail, after };
}

/** The same for people, such as `✓ sent`, or `✗` and why not. */
export function answerText(answer: Answer, screen: Screen): string {
  if (answer.status === 'sent') {
    const detail = answer.detail === '' ? '' : `: ${answer.detail}`;
    return `${painted(screen, 'green', '✓')} ${oneLine(`sent${detail}`)}`;
  }
  const wait =
    answer.status === 'later' && answer.after !== undefined
      ? `; it wants to be left alone for ${Math.ceil(answer.after)} s`
      : '';
  return `${painted(screen, 'red', '✗')} ${oneLine(`${answer.reason}${wait}`)}`;
}
