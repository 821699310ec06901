import { othersText, type Tally, timesText } from '../../shared/tally.ts';
import type { TransitionName } from '../../shared/transitions.ts';
import type { DigestJob, DigestMessage } from '../message/alert-message.ts';
import { cutMiddle } from './cut.ts';
import { digestCall } from './look-further.ts';
import { clockText, dayText } from './message-clock.ts';
import {
  counted,
  type Detail,
  type MessageView,
  type MessageWords,
  type Sentence,
  sentencePieces,
  spanText,
} from './message-words.ts';
import { jobName, tallied, workersText } from './shown-facts.ts';
import { lookOf, partsOf } from './status-look.ts';

/** Characters of a name in the list: a phone shows such a line whole. */
const MOST_IN_LIST = 40;
/** How many users are named. */
const USERS = 2;

/** What one message about many jobs says. */
export function digestWords(message: DigestMessage, view: MessageView): MessageWords {
  const { transition, begin, end, common, worst, more } = message;
  const look = lookOf(transition);
  const said = digestSaid(message);
  const { jobs, others, otherJobs, tasks, span } = said;
  const [, verb] = partsOf(transition);
  const sentence: Sentence = {
    before: '',
    name: [`${jobs} ${verb}`, ...others].join(', '),
    verb: '',
    span,
    rest: tasks && `: ${tasks}`,
  };
  const what =
    others.length > 0
      ? 'more than ten jobs changed'
      : `${jobsOf(transition, 'more than ten jobs')} ${verb}`;
  return {
    message,
    id: undefined,
    look,
    headline: {
      before: [
        jobs,
        otherJobs > 0 && othersText(otherJobs),
        tasks,
        common && `${tallied(common.value)} in ${common.jobs}`,
      ]
        .filter(Boolean)
        .join(', '),
      name: '',
      after: '',
      whose: [],
    },
    preview: `${look.word}: ${previewText(message, said)}`,
    head: sentencePieces(sentence),
    isOwn: false,
    sentence,
    summary: `${sentence.name}${span}${sentence.rest}`,
    whose: [],
    run: [],
    at: end,
    time: clockText(begin, end, view.timeZone),
    day: dayText(end, view.timeZone),
    details: detailsOf(message),
    list: listLines(worst, more),
    command: digestCall(transition, common, view.now - begin, view.stackName),
    notes: [`one message for all, as ${what} at once`],
    mentions: undefined,
  };
}

interface DigestSaid {
  /** Those with the worst, such as `34 jobs`, or `tasks of 34 jobs`. */
  readonly jobs: string;
  /** Such as `4 jobs completed`, or `tasks of 4 others failed`. */
  readonly others: readonly string[];
  readonly otherJobs: number;
  /** Such as `121 tasks`. */
  readonly tasks: string;
  readonly span: string;
}

function digestSaid(message: DigestMessage): DigestSaid {
  const { transition, counts, tasks, begin, end } = message;
  const worst = counts.get(transition) ?? 0;
  const others = [...counts].filter(([each, count]) => each !== transition && count > 0);
  return {
    jobs: jobsOf(transition, counted(worst, 'job')),
    others: others.map(([each, count]) => `${otherJobsText(each, count)} ${partsOf(each)[1]}`),
    otherJobs: totalOf(message) - worst,
    tasks: tasks > 0 ? counted(tasks, 'task') : '',
    span: spanText(end - begin),
  };
}

function jobsOf(transition: TransitionName, jobs: string): string {
  return partsOf(transition)[0] === 'job' ? jobs : `tasks of ${jobs}`;
}

function otherJobsText(transition: TransitionName, count: number): string {
  const isOfJob = partsOf(transition)[0] === 'job';
  return isOfJob ? counted(count, 'job') : `tasks of ${othersText(count)}`;
}

function previewText(message: DigestMessage, { jobs, tasks, span, others }: DigestSaid): string {
  const { common, workers } = message;
  const rest = common && totalOf(message) - common.jobs;
  const shared = common && `${tallied(common.value)} ${counted(common.jobs, 'job')}`;
  return [
    `${[jobs, ...others].join(', ')}${span}${tasks && `, ${tasks}`}`,
    shared && `${shared}${rest ? `, ${othersText(rest)}` : ''}`,
    workersText(workers),
  ]
    .filter(Boolean)
    .join('; ');
}

function detailsOf(message: DigestMessage): Detail[] {
  const { common, workers, users } = message;
  const shared =
    common && `${tallied(common.value)} in ${common.jobs} of ${counted(totalOf(message), 'job')}`;
  const all: Detail[] = [
    { label: 'in common', text: shared ?? '', style: 'bold' },
    { label: 'workers', text: workersText(workers) },
    { label: 'users', text: usersText(users) },
  ];
  return all.filter(({ text }) => text !== '');
}

function totalOf({ counts }: DigestMessage): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** Such as `comp-1 ×11, comp-4 ×9, 6 others`. */
function usersText(users: Tally): string {
  const named = users.slice(0, USERS).map(([name, count]) => timesText([tallied(name), count]));
  const others = users.length - named.length;
  return [...named, ...(others > 0 ? [othersText(others)] : [])].join(', ');
}

/** A line for each job, with how many of its tasks, and one for all that have none. */
function listLines(worst: readonly DigestJob[], more: DigestMessage['more']): string[] {
  const names = worst.map(({ job }) => cutMiddle(jobName(job), MOST_IN_LIST));
  const width = Math.max(0, ...names.map((name) => name.length));
  const lines = worst.map(({ job, tasks }, index) => {
    const all = job.tasks === undefined || job.tasks < tasks ? '' : job.tasks;
    const counts = tasks > 0 && all !== '' ? `${tasks} of ${all}` : tasks || all;
    return `${names[index]?.padEnd(width)}  ${counts}`.trimEnd();
  });
  if (more.jobs <= 0) return lines;
  const tasks = more.tasks > 0 ? `, ${counted(more.tasks, 'task')}` : '';
  return [...lines, `${counted(more.jobs, 'more job')}${tasks}`];
}
