import type { MessageField, MessageTemplate } from '../../shared/alerts/message-template.ts';
import { plainLine } from '../../shared/printable.ts';
import type { JobMessage } from '../message/alert-message.ts';
import { cutEnd, MOST, shown } from './cut.ts';
import type { Piece } from './message-words.ts';
import type { ShownFacts } from './shown-facts.ts';

/** Stands for what is not known. */
const UNKNOWN = '–';

/** The first line as an alert has it, cut at `MOST.own` characters; `undefined` if it shows nothing. */
export function ownHead(
  template: MessageTemplate,
  message: JobMessage,
  facts: ShownFacts,
  time: string,
): Piece[] | undefined {
  const values = fieldValues(message, facts, time);
  const pieces = template.map<Piece>((part) =>
    typeof part === 'string'
      ? { text: plainLine(part), is: 'words' }
      : { text: values[part.field] || UNKNOWN, is: 'value' },
  );
  const kept = cutPieces(pieces, MOST.own).filter(({ text }) => text !== '');
  return shown(kept.map(({ text }) => text).join('')) === '' ? undefined : kept;
}

function fieldValues(
  { alert, transition, job, count, errors }: JobMessage,
  facts: ShownFacts,
  time: string,
): Readonly<Record<MessageField, string>> {
  const { id, name, user, department, plugin, pool, batch, frames, workers, reason, ran } = facts;
  return {
    alert,
    transition,
    name,
    job: id,
    user,
    department,
    plugin,
    pool,
    batch,
    tasks: numberText(job.tasks),
    count: numberText(count),
    frames,
    workers,
    errors: numberText(errors),
    reason,
    duration: ran,
    time,
  };
}

function numberText(number: number | undefined): string {
  return number === undefined ? '' : String(number);
}

function cutPieces(pieces: readonly Piece[], most: number): Piece[] {
  let room = most;
  const kept: Piece[] = [];
  for (const { text, is } of pieces) {
    if (room <= 0) break;
    kept.push({ text: cutEnd(text, room), is });
    room -= text.length;
  }
  return kept;
}
