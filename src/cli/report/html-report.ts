import { createHash } from 'node:crypto';
import { plainLine } from '../../shared/printable.ts';
import { runTime } from '../../shared/run-time.ts';
import { elideEnd, elideMiddle, elideRanges } from '../../terminal/elide.ts';
import type { TimeView } from '../../terminal/short-time.ts';
import { countedText, hoursText } from '../amount-text.ts';
import { shortId } from '../columns.ts';
import { failureStrip, shareBar, statusMark } from './html-marks.ts';
import { STYLE } from './html-style.ts';
import { Markup, markup } from './markup.ts';
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
  figureText,
  jobText,
  shareText,
  timesOnWorkers,
  UNKNOWN,
  workerText,
} from './report-words.ts';

/** The most characters of a name, of frames, and of a reason. */
const MOST = { name: 60, worker: 24, frames: 90, reason: 160 } as const;

/** Nothing is loaded or run, whatever a name has in it; only this style applies. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** A report as one HTML file that needs no other: to mail, to print, or to look at. */
export function htmlReport(report: Report, view: TimeView): string {
  const { headline, sentences, notes, stack, failed, shares, machines } = report;
  const hasBefore = report.before !== null;
  const rows = {
    failed: failedTable(report, view),
    totals: totalTable(report),
    shares: shareTable(report),
    machines: machineTable(report),
    longest: longestTable(report),
  };
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${headline}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
<h1>${headline}</h1>
<p class="quiet">${stack}, ${periodText(report, view)}</p>
${sentences.length === 0 ? [] : markup`<p>${sentences.join(' ')}</p>`}
${section('What failed', '', rows.failed, failed.more)}
<div class="pair">
${section('In all', '', rows.totals)}
${section(`Render time by ${shares.by}`, hasBefore ? 'bar: now, line: before' : '', rows.shares, shares.more)}
</div>
<div class="pair">
${section('The worst machines', 'most failed tasks first', rows.machines, machines.more)}
${section('The longest tasks', 'by their last try', rows.longest)}
</div>
<footer>
${notes.map((note) => markup`<p>${note}</p>\n`)}</footer>
</main>
</body>
</html>
`;
  return page.text;
}

/** @param table `undefined` if it has no rows */
function section(
  title: string,
  tells: string,
  table: Markup | undefined,
  more: string | null = null,
): Markup {
  if (table === undefined) return markup``;
  const told = tells === '' ? markup`` : markup` <span class="quiet">(${tells})</span>`;
  const last = more === null ? markup`` : markup`\n<p class="quiet">${more}</p>`;
  return markup`<section>
<h2>${title}${told}</h2>
${table}${last}
</section>`;
}

/** A column's head, and its class. */
type Head = readonly [text: string, name?: string];

function table(name: string, heads: readonly Head[], rows: readonly Markup[]): Markup | undefined {
  if (rows.length === 0) return undefined;
  const cells = heads.map(([text, of = '']) =>
    text === ''
      ? markup`<td class="${of}"></td>`
      : markup`<th scope="col" class="${of}">${text}</th>`,
  );
  return markup`<table class="${name}">
<thead><tr>${cells}</tr></thead>
<tbody>
${rows.map((row) => markup`<tr>${row}</tr>\n`)}</tbody>
</table>`;
}

function failedTable(report: Report, view: TimeView): Markup | undefined {
  const times = failureTimes(report, view);
  return table(
    'failures',
    [
      ['', 'mark'],
      ['job'],
      ['failed', 'failing'],
      ['frames to paste', 'frames'],
      ['workers', 'where'],
      ['time', 'time'],
    ],
    report.failed.jobs.map((job, index) => failedRow(job, times[index] as string)),
  );
}

function failedRow(job: ReportedJob, time: string): Markup {
  const { status, user, plugin, frames, reason } = job;
  const id = job.name === null ? [] : [shortId(job.job)];
  const about = [status, user ?? [], plugin ?? [], id].flat().map(name).join(' · ');
  const why = reason === null ? [] : markup`<br><small>${elideEnd(reason, MOST.reason)}</small>`;
  return markup`<td class="mark">${statusMark(status)}</td><td class="job"><b>${name(jobText(job))}</b><br><small>${about}</small>${why}</td><td class="failing">${failedCount(job)}${failureStrip(job)}</td><td class="frames">${frameRanges(frames)}</td><td class="where">${timesOnWorkers(job.workers) || '–'}</td><td class="time">${time}</td>`;
}

/** Such as `7 of 41 tasks failed`, whose first number has the color of failures. */
function failedCount(job: ReportedJob): Markup | string {
  const [, count, rest = ''] = /^([\d,]+)( .*)$/.exec(failedTasksText(job)) ?? [];
  return count === undefined ? failedTasksText(job) : markup`<b class="some">${count}</b>${rest}`;
}

/** Frames as Deadline writes them, between hyphens of which a line would be broken. */
const RANGE = /^-?\d{1,15}-[-\dx]{1,15}$/;

/** Frames, of which no range is broken over two lines. */
function frameRanges(frames: string): Markup | string {
  if (frames === '') return UNKNOWN;
  const ranges = elideRanges(frames, MOST.frames).split(', ');
  return markup`${ranges.flatMap((range, index) => [index > 0 ? ', ' : '', RANGE.test(range) ? markup`<span>${range}</span>` : range])}`;
}

/** A name that is seen, whatever it is of. */
function name(text: string): string {
  return elideMiddle(plainLine(text).trim() || '?', MOST.name);
}

function machine(worker: string | null): string {
  return elideEnd(workerText(worker), MOST.worker);
}

function totalTable({ totals, before }: Report): Markup | undefined {
  const hasBefore = before !== null;
  const heads: Head[] = [
    ['figure', 'figure'],
    ['now', 'number'],
  ];
  if (hasBefore) heads.push(['before', 'number'], ['change']);
  return table(
    'totals',
    heads,
    totals.map((total) => totalRow(total, hasBefore)),
  );
}

function totalRow({ name, unit, now, before, change }: Total, hasBefore: boolean): Markup {
  const compared = hasBefore
    ? markup`<td class="number">${figureText(before, unit)}</td><td>${change ?? ''}</td>`
    : markup``;
  const isFailure = name.startsWith('failed') && now !== 0;
  return markup`<td>${name}</td><td class="number${isFailure ? ' some' : ''}">${figureText(now, unit)}</td>${compared}`;
}

function shareTable(report: Report): Markup | undefined {
  const { shares, before } = report;
  const heads: Head[] = [[shares.by], ['share', 'bar'], ['rendered', 'number']];
  if (before !== null) heads.push(['before', 'number']);
  return table(
    'shares',
    heads,
    shares.rows.map((row) => shareRow(row, report)),
  );
}

function shareRow(share: Share, report: Report): Markup {
  const { jobs, renderSeconds, renderSecondsBefore, change } = share;
  const compared =
    report.before === null
      ? markup``
      : markup`<td class="number">${figureText(renderSecondsBefore, 'seconds')}<br><small>${change ?? ''}</small></td>`;
  return markup`<td>${name(shareText(share, report))}<br><small>${countedText(jobs, 'job')}</small></td><td class="bar">${shareBar(share, report)}</td><td class="number">${figureText(renderSeconds, 'seconds')}</td>${compared}`;
}

function machineTable({ machines }: Report): Markup | undefined {
  const hasHistory = machines.rows.some(({ requeued }) => requeued !== null);
  const heads: Head[] = [['worker'], ['failed', 'number']];
  if (hasHistory) heads.push(['requeued', 'number'], ['wasted', 'number']);
  heads.push(['rendered', 'number']);
  return table('machines', heads, machines.rows.map(machineRow));
}

function machineRow({ worker, failed, requeued, wastedSeconds, renderSeconds }: ReportedMachine) {
  const hours = (seconds: number | null) => (seconds === null ? UNKNOWN : hoursText(seconds));
  const ofHistory =
    requeued === null
      ? markup``
      : markup`<td class="number${requeued > 0 ? ' back' : ''}">${requeued}</td><td class="number">${hours(wastedSeconds)}</td>`;
  return markup`<td class="worker">${machine(worker)}</td><td class="number${failed > 0 ? ' some' : ''}">${failed}</td>${ofHistory}<td class="number">${hours(renderSeconds)}</td>`;
}

function longestTable({ longest }: Report): Markup | undefined {
  const heads: Head[] = [['job'], ['worker'], ['rendered', 'number']];
  return table('longest', heads, longest.map(longestRow));
}

function longestRow(task: LongTask): Markup {
  const { frames, user, worker, renderSeconds } = task;
  const facts = [
    `task ${task.task}`,
    frames === null ? [] : `frames ${elideRanges(frames, 40)}`,
    user ?? [],
  ];
  return markup`<td>${name(jobText(task))}<br><small>${facts.flat().join(' · ')}</small></td><td class="worker">${machine(worker)}</td><td class="number">${runTime(1_000 * renderSeconds)}</td>`;
}
