import stringWidth from 'string-width';
import { masked } from '../../shared/printable.ts';
import { elideEnd, elideRanges } from '../../terminal/elide.ts';
import { painted, type Screen } from '../../terminal/screen.ts';
import type { TimeView } from '../../terminal/short-time.ts';
import { type Column, layOut } from '../../terminal/table.ts';
import { wrapped } from '../../terminal/wrapped.ts';
import { markOf } from '../marks.ts';
import { longestColumns, machineColumns, shareColumns, totalColumns } from './report-columns.ts';
import type { Report, ReportedJob } from './report-model.ts';
import { failureTimes, periodText } from './report-times.ts';
import { failedTasksText, failureIds, jobText, timesOnWorkers } from './report-words.ts';

/** Columns of a terminal before what belongs to a line above. */
const INDENT = 2;

/** A report for terminals and plain mail: no line is wider than the screen. */
export function textReport(report: Report, view: TimeView, screen: Screen): string {
  const { headline, sentences, notes, stack, titles } = report;
  const { failed, totals, shares, machines, longest } = report;
  const bold = (text: string) => painted(screen, 'bold', text);
  const dim = (text: string) => painted(screen, 'dim', text);
  const wrap = (texts: readonly string[]) =>
    texts.flatMap((text) => wrapped(masked(text), screen.width));
  const section = (title: string, lines: readonly string[], more: string | null = null) =>
    lines.length === 0 ? [] : ['', bold(title), ...lines, ...wrap(more === null ? [] : [more])];
  const lines = [
    ...wrap([headline]).map(bold),
    ...wrap([`${stack}, ${periodText(report, view)}.`]).map(dim),
    ...wrap(sentences),
    ...section(titles.failed, failedLines(report, view, screen), failed.more),
    ...section(titles.totals, table(totals, totalColumns(report), screen)),
    ...section(titles.shares, table(shares.rows, shareColumns(report), screen), shares.more),
    ...section(
      titles.machines,
      table(machines.rows, machineColumns(report), screen),
      machines.more,
    ),
    ...section(titles.longest, table(longest, longestColumns(), screen)),
    '',
    ...wrap(notes).map(dim),
  ];
  return `${lines.join('\n')}\n`;
}

function failedLines(report: Report, view: TimeView, screen: Screen): string[] {
  const times = failureTimes(report, view);
  const ids = failureIds(report);
  return report.failed.jobs.flatMap((job, index) =>
    jobLines(job, ids[index] as string, times[index] as string, screen),
  );
}

/** A job in two or three lines: the job, where it failed with the frames to paste, and why. */
function jobLines(job: ReportedJob, id: string, time: string, screen: Screen): string[] {
  const { status, user, plugin, frames, reason } = job;
  const { symbol, style } = markOf(status);
  const mark = painted(screen, style, symbol);
  const room = screen.width - INDENT;
  const whose = [user, plugin].flatMap((each) => (each === null ? [] : masked(each)));
  const tail = [status, ...whose].join(', ');
  const start = `${time}  `;
  const gap = stringWidth(start) + 2;
  const shownName = elideEnd(masked(jobText(job)), Math.max(24, room - gap - stringWidth(tail)));
  const first = elideEnd(`${start}${shownName}  ${tail}`, room);
  const workers = timesOnWorkers(job.workers);
  const where = `${failedTasksText(job)}${workers && `: ${workers}`}`;
  const idPart = id && `${masked(id)}  `;
  const below = [
    elideEnd(masked(where), room - INDENT),
    `${idPart}${elideRanges(masked(frames || 'frames not known'), room - INDENT - stringWidth(idPart))}`,
    ...(reason === null ? [] : [elideEnd(masked(reason), room - INDENT)]),
  ];
  return [`${mark} ${first}`, ...below.map((line) => ' '.repeat(2 * INDENT) + line)];
}

/** Lays rows out as a table; all columns that have room. */
function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], screen: Screen) {
  if (rows.length === 0) return [];
  const [first, ...others] = columns.map(({ name }) => name) as [string, ...string[]];
  const choice = { columns, always: [first], further: others };
  const { head, lines } = layOut(rows, choice, screen.width, INDENT);
  return [painted(screen, 'dim', head), ...lines];
}
