import { runTime } from '../../shared/run-time.ts';
import { elideEnd, elideMiddle, elideRanges } from '../../terminal/elide.ts';
import type { TimeView } from '../../terminal/short-time.ts';
import { countedText, countText, hoursText } from '../amount-text.ts';
import { markedText } from '../marks.ts';
import { withBefore } from './change-text.ts';
import { code, sentence } from './markdown-text.ts';
import type {
  LongTask,
  Report,
  ReportedJob,
  ReportedMachine,
  Share,
  Total,
} from './report-model.ts';
import { failureTimes, periodText } from './report-times.ts';
import {
  failedTasksText,
  failureIds,
  figureText,
  jobText,
  shareText,
  timesOnWorkers,
  workerText,
} from './report-words.ts';

/** The most characters of a name, of frames, and of a reason. */
const MOST = { name: 80, frames: 200, reason: 200 } as const;

/**
 * A report in Markdown. It has lists and no tables, as Slack has none, and each value is code: in names that people
 * gave, nothing means anything.
 */
export function markdownReport(report: Report, view: TimeView): string {
  const { headline, sentences, notes, stack, titles } = report;
  const { totals, failed, shares, machines, longest } = report;
  const times = failureTimes(report, view);
  const ids = failureIds(report);
  const section = (title: string, items: readonly string[], more: string | null = null) =>
    items.length === 0
      ? []
      : [
          `### ${title}`,
          [...items, ...(more === null ? [] : [sentence(more)])].map(item).join('\n'),
        ];
  const blocks = [
    `## ${sentence(headline)}`,
    `${name(stack)}, ${sentence(periodText(report, view))}.`,
    sentences.map(sentence).join(' '),
    ...section(
      titles.failed,
      failed.jobs.map((job, index) => jobItem(job, ids[index] as string, times[index] as string)),
      failed.more,
    ),
    ...section(titles.totals, totals.map(totalItem)),
    ...section(
      titles.shares,
      shares.rows.map((row) => shareItem(row, report)),
      shares.more,
    ),
    ...section(titles.machines, machines.rows.map(machineItem), machines.more),
    ...section(titles.longest, longest.map(longItem)),
    notes.map(sentence).join(' '),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function item(text: string): string {
  return `- ${text}`;
}

function name(text: string): string {
  return code(elideMiddle(text, MOST.name));
}

function jobItem(job: ReportedJob, id: string, time: string): string {
  const { status, user, plugin, frames, reason, workers } = job;
  const whose = [user, plugin].flatMap((each) => (each === null ? [] : name(each)));
  const head = [`${markedText(status)}: ${name(jobText(job))}`, ...whose];
  const where = timesOnWorkers(workers, name);
  const lines = [
    `${head.join(', ')} at ${time}`,
    `${failedTasksText(job)}${where && `: ${where}`}`,
    `${id && `${code(id)} `}${frames ? code(elideRanges(frames, MOST.frames)) : 'frames not known'}`,
    ...(reason === null ? [] : [code(elideEnd(reason, MOST.reason))]),
  ];
  return lines.join('\n  - ');
}

function totalItem({ name, unit, now, before, change }: Total): string {
  const figure = `${name}: ${figureText(now, unit)}`;
  return before === null ? figure : `${figure}${comparison(change, figureText(before, unit))}`;
}

function shareItem(share: Share, report: Report): string {
  const { jobs, renderSeconds, renderSecondsBefore, change } = share;
  const who = share.name === null ? shareText(share, report) : name(share.name);
  const text = `${who}: ${figureText(renderSeconds, 'seconds')}, ${countedText(jobs, 'job')}`;
  if (renderSecondsBefore === null) return text;
  return text + comparison(change, figureText(renderSecondsBefore, 'seconds'));
}

/** Such as `, 18 % less (124 h before)`. */
function comparison(change: string | null, before: string): string {
  return change === null ? ` (${before} before)` : `, ${withBefore(change, before)}`;
}

function machineItem({ worker, failed, requeued, wastedSeconds, renderSeconds }: ReportedMachine) {
  const facts = [
    `${countText(failed)} failed`,
    ...(requeued === null ? [] : [`${countText(requeued)} requeued`]),
    ...(wastedSeconds === null ? [] : [`${hoursText(wastedSeconds)} wasted`]),
    ...(renderSeconds === null ? [] : [`${hoursText(renderSeconds)} rendered`]),
  ];
  return `${worker === null ? workerText(worker) : name(worker)}: ${facts.join(', ')}`;
}

function longItem(task: LongTask): string {
  const { renderSeconds, frames, worker, user } = task;
  const facts = [
    `task ${task.task}`,
    ...(frames === null ? [] : [`frames ${code(elideRanges(frames, MOST.frames))}`]),
    ...(worker === null ? [] : [`on ${name(worker)}`]),
    ...(user === null ? [] : [`of ${name(user)}`]),
  ];
  return `${runTime(1_000 * renderSeconds)} ${name(jobText(task))}, ${facts.join(', ')}`;
}
