import type { LateMessage } from '../message/alert-message.ts';
import { lateCall } from './look-further.ts';
import { daysText } from './message-clock.ts';
import { counted, type LateWords, type MessageView } from './message-words.ts';
import { partsOf } from './status-look.ts';

/** What one line about all that came late says. */
export function lateWords(message: LateMessage, view: MessageView): LateWords {
  const { begin, end, counts } = message;
  const known = [...counts].filter(([, count]) => count > 0);
  const total = known.reduce((sum, [, count]) => sum + count, 0);
  const span = daysText(begin, end, view.timeZone, view.now);
  const kinds = known.map(([transition, count]) => {
    const [what, became] = partsOf(transition);
    return `${counted(count, what)} ${became}`;
  });
  const count = counted(total, 'notification');
  return {
    message,
    count,
    preview: `Late: ${count} ${span} came just now`,
    text: `what was sent ${span} came just now: ${kinds.join(', ')}.`,
    command: lateCall(counts.keys(), view.now - begin, view.stackName),
  };
}
