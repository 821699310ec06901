import type { Tally } from '../../shared/tally.ts';
import type { DigestMessage, JobMessage } from '../message/alert-message.ts';
import type { LogLine } from '../message/channel-message.ts';
import { headText, type LateWords, type MessageWords } from './message-words.ts';
import { shownFacts, tallied } from './shown-facts.ts';
import { partsOf } from './status-look.ts';

/** An event of CloudWatch Logs has at most 1 MB, in older references 256 KB (its `InputLogEvent`). We stay far below. */
export const LOG_LIMITS = { bytes: 8 * 1_024, names: 10 } as const;

/** A message as a line of the log, with its numbers as numbers. */
export function logPayload(words: MessageWords): LogLine {
  const { message, look, at } = words;
  const { alert, transition, transitions } = message;
  return {
    level: look.isCalm ? 'INFO' : 'WARN',
    message: 'alert',
    alert,
    transition,
    count: transitions.filter((each) => each.transition === transition).length,
    at: new Date(at).toISOString(),
    ...(message.kind === 'job' ? jobFields(message) : digestFields(message)),
    workers: numbers(message.workers),
    text: headText(words),
  };
}

export function lateLogPayload({ message, preview }: LateWords): LogLine {
  const { alert, begin, end, counts } = message;
  return {
    level: 'INFO',
    message: 'alert',
    alert,
    transition: 'late',
    count: [...counts.values()].reduce((sum, count) => sum + count, 0),
    begin: new Date(begin).toISOString(),
    at: new Date(end).toISOString(),
    counts: Object.fromEntries(counts),
    text: preview,
  };
}

/** What is not known is left out. */
function jobFields(message: JobMessage): Readonly<Record<string, unknown>> {
  const { transition, job, count, errors, also } = message;
  const { id, name, isNamed, user, department, plugin, batch, frames, reason } =
    shownFacts(message);
  const [about, what] = partsOf(transition);
  return known({
    job: id,
    name: isNamed ? name : '',
    user,
    department,
    plugin,
    batch,
    [about === 'job' ? 'failed' : what]: count,
    tasks: job.tasks,
    also: also.size > 0 ? Object.fromEntries(also) : undefined,
    errors,
    frames,
    reason,
  });
}

function digestFields(message: DigestMessage): Readonly<Record<string, unknown>> {
  const { counts, tasks, common, users } = message;
  return known({
    jobs: Object.fromEntries(counts),
    tasks,
    common: common && { ...common, value: tallied(common.value) },
    users: numbers(users),
  });
}

function known(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''),
  );
}

/** The most frequent. */
function numbers(tally: Tally): Readonly<Record<string, number>> {
  return Object.fromEntries(
    tally.slice(0, LOG_LIMITS.names).map(([name, count]) => [tallied(name), count]),
  );
}
