import type { Alert } from '../../shared/alerts/alert.ts';
import type { TransitionName } from '../../shared/transitions.ts';
import type { JobMessage } from '../message/alert-message.ts';
import { cutRanges, shown } from './cut.ts';
import { jobCall } from './look-further.ts';
import { clockText, dayText } from './message-clock.ts';
import {
  counted,
  type Detail,
  type Headline,
  headlineText,
  type MessageView,
  type MessageWords,
  type Sentence,
  sentencePieces,
  spanText,
} from './message-words.ts';
import { ownHead } from './own-head.ts';
import { type ShownFacts, shownFacts } from './shown-facts.ts';
import { lookOf, partsOf } from './status-look.ts';

/** Whose failure or completion someone may want to be called for. */
const MENTIONING: ReadonlySet<TransitionName> = new Set(['job-failed', 'job-completed']);

/** Characters of a preview that a phone shows, and those of frames in it, which leave room for the workers. */
const [PREVIEW, PREVIEW_FRAMES] = [60, 100];

/** What is said of a job's stop, or of what became of its tasks. */
interface Said {
  readonly sentence: Sentence;
  readonly headline: Omit<Headline, 'name' | 'whose'>;
  readonly summary: string;
}

/** What a message about a job says. */
export function jobWords(message: JobMessage, alert: Alert, view: MessageView): MessageWords {
  const { transition, job } = message;
  const facts = shownFacts(message);
  const isStop = partsOf(transition)[0] === 'job';
  const { sentence, headline, summary } = isStop
    ? stopSaid(message, facts)
    : tasksSaid(message, facts);
  const look = lookOf(transition);
  const isUnnamed = !isStop && job.from === 'nowhere';
  const [from, to] = timesOf(message);
  const time = clockText(from, to, view.timeZone);
  const own = alert.message && ownHead(alert.message, message, facts, time);
  const command = jobCall(transition, job.id, view.stackName);
  const asked = command === undefined && !look.isCalm && facts.isNamed;
  const titled: Headline = {
    ...headline,
    name: facts.name,
    whose: isUnnamed ? ['named when it stops'] : whoseHeadline(transition, facts),
  };
  return {
    message,
    id: facts.id,
    look,
    headline: titled,
    head: own ?? sentencePieces(sentence),
    isOwn: own !== undefined,
    preview: [
      `${headlineText({ look, headline: titled }, PREVIEW)}${bracketed(titled.whose)}`,
      ...previewOf(message, facts),
    ].join(', '),
    sentence,
    summary,
    whose: [facts.user, facts.plugin, facts.batch || facts.department].filter(Boolean),
    run: isStop ? runOf(message, facts) : [],
    at: to,
    time,
    day: dayText(to, view.timeZone),
    details: [...detailsOf(message, facts), ...(asked ? [{ label: 'job', text: facts.id }] : [])],
    list: [],
    command,
    notes: job.from === 'an earlier stop' && !isStop ? ['name and user from its last stop'] : [],
    mentions: MENTIONING.has(transition) ? job.user : undefined,
  };
}

/** When the job stopped, or from when to when its tasks did what is told. */
function timesOf({ transition, transitions, begin, end }: JobMessage): [number, number] {
  if (partsOf(transition)[0] === 'task') return [begin, end];
  const stop = transitions.findLast((each) => each.transition === transition);
  const at = stop ? Date.parse(stop.at) : end;
  return [at, at];
}

function stopSaid(message: JobMessage, { name, ran }: ShownFacts): Said {
  const { transition, job, count } = message;
  const [, verb] = partsOf(transition);
  const isCompleted = transition === 'job-completed';
  const all = job.tasks === undefined ? '' : counted(job.tasks, 'task');
  const failed = count ? `${count} failed` : '';
  const took = isCompleted && all && ran ? ` in ${ran}` : '';
  const counts =
    transition === 'job-failed'
      ? tasksText(count, job.tasks)
      : listed(`${all}${took}`, failed || (isCompleted && count === 0 ? 'none failed' : ''));
  const short = transition === 'job-failed' ? counts : listed(all, failed);
  return {
    sentence: { before: '', name, verb, span: '', rest: counts && `: ${counts}` },
    headline: { before: '', after: short && `, ${short}` },
    summary: transition === 'job-failed' && counts ? `${counts} failed` : counts || `job ${verb}`,
  };
}

function tasksSaid(message: JobMessage, { name }: ShownFacts): Said {
  const { transition, job, count, transitions, begin, end } = message;
  const [, what] = partsOf(transition);
  const isRequeue = transition === 'task-requeued';
  const requeues = transitions.filter((each) => each.transition === transition).length;
  const things = isRequeue ? counted(requeues, 'requeue') : tasksText(count, job.tasks) || 'tasks';
  const few = isRequeue ? things : tasksText(count, undefined) || 'tasks';
  const verb = isRequeue ? '' : what;
  const span = spanText(end - begin);
  const rest = afterwards(message);
  return {
    sentence: { before: `${things} of `, name, verb, span, rest },
    headline: { before: `${few} of `, after: '' },
    summary: `${things}${verb && ` ${verb}`}${span}${rest}`,
  };
}

function afterwards({ transition, job }: JobMessage): string {
  if (job.from === 'nowhere') return '; named when it stops';
  const goesOn = transition === 'task-failed' && job.from === 'an earlier stop';
  return goesOn ? '; the job goes on' : '';
}

/** Such as `7 of 41 tasks`; empty if there is none, or how many is not known. */
function tasksText(count: number | undefined, all: number | undefined): string {
  if (!count) return '';
  return all === undefined || all < count
    ? counted(count, 'task')
    : `${count} of ${counted(all, 'task')}`;
}

function whoseHeadline(transition: TransitionName, { user, plugin }: ShownFacts): string[] {
  return [user, transition === 'job-failed' ? plugin : ''].filter(Boolean);
}

/** How long the job ran, unless the sentence says it, and its errors. */
function runOf({ transition, errors }: JobMessage, { ran }: ShownFacts): string[] {
  const isCompleted = transition === 'job-completed';
  const met = errors ? `${counted(errors, 'error')}${isCompleted ? ' on the way' : ''}` : '';
  return [ran && !isCompleted ? `ran ${ran}` : '', met].filter(Boolean);
}

function previewOf(message: JobMessage, { workers, ran }: ShownFacts): string[] {
  if (message.transition === 'job-completed') return ran ? [`in ${ran}`] : [];
  const frames = cutRanges(shown(message.frames), PREVIEW_FRAMES);
  return [frames && `frames ${frames}`, workers && `on ${workers}`].filter(Boolean);
}

function detailsOf({ also }: JobMessage, { workers, reason, frames }: ShownFacts): Detail[] {
  const others = [...also].filter(([, count]) => count > 0);
  const rest = others.map(([transition, count], index) => {
    const [, what] = partsOf(transition);
    return `${index === 0 ? counted(count, 'task') : count} ${what}`;
  });
  const all: Detail[] = [
    { label: 'workers', text: workers },
    { label: 'reason', text: reason },
    { label: 'also', text: rest.join(', ') },
    { label: 'frames', text: frames, style: 'code' },
  ];
  return all.filter(({ text }) => text !== '');
}

function bracketed(texts: readonly string[]): string {
  return texts.length === 0 ? '' : ` (${texts.join(', ')})`;
}

function listed(...texts: readonly string[]): string {
  return texts.filter(Boolean).join(', ');
}
