import stringWidth from 'string-width';
import { masked } from '../../shared/printable.ts';
import { runTime } from '../../shared/run-time.ts';
import { elideEnd, elideRanges } from '../../terminal/elide.ts';
import { painted, type Screen } from '../../terminal/screen.ts';
import type { TimeView } from '../../terminal/short-time.ts';
import { type Column, layOut } from '../../terminal/table.ts';
import { wrapped } from '../../terminal/wrapped.ts';
import { hoursText } from '../amount-text.ts';
import { NONE, shortId } from '../columns.ts';
import { markOf } from '../marks.ts';
import type { Report, ReportedJob } from './report-model.ts';
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

/** Columns of a terminal before what belongs to a line above. */
const INDENT = 2;

/** A report for terminals and plain mail: no line is wider than the screen. */
export function textReport(report: Report, view: TimeView, screen: Screen): string {
  const { headline, sentences, notes, stack } = report;
  const bold = (text: string) => painted(screen, 'bold', text);
  const dim = (text: string) => painted(screen, 'dim', text);
  const say = (texts: readonly string[]) =>
    texts.flatMap((text) => wrapped(masked(text), screen.width));
  const section = (title: string, lines: readonly string[], more: string | null = null) =>
    lines.length === 0 ? [] : ['', bold(title), ...lines, ...say(more === null ? [] : [more])];
  const lines = [
    ...say([headline]).map(bold),
    ...say([`${stack}, ${periodText(report, view)}.`]).map(dim),
    ...say(sentences),
    ...section('What failed', failedLines(report, view, screen), report.failed.more),
    ...section('In all', totalLines(report, screen)),
    ...section(
      `Render time by ${report.shares.by}`,
      shareLines(report, screen),
      report.shares.more,
    ),
    ...section('The worst machines', machineLines(report, screen), report.machines.more),
    ...section('The longest tasks', longestLines(report, screen)),
    '',
    ...say(notes).map(dim),
  ];
  return `${lines.join('\n')}\n`;
}

function failedLines(report: Report, view: TimeView, screen: Screen): string[] {
  const times = failureTimes(report, view);
  return report.failed.jobs.flatMap((job, index) => jobLines(job, times[index] as string, screen));
}

/** A job in two or three lines: the job, where it failed with the frames to paste, and why. */
function jobLines(job: ReportedJob, time: string, screen: Screen): string[] {
  const { status, user, plugin, name, frames, reason } = job;
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
  const id = name === null ? '' : `${masked(shortId(job.job))}  `;
  const below = [
    elideEnd(masked(where), room - INDENT),
    `${id}${elideRanges(masked(frames || 'frames not known'), room - INDENT - stringWidth(id))}`,
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

function text<Row>(name: string, value: (row: Row) => string, most = 40): Column<Row> {
  return { name, value, elide: 'end', width: [Math.min(12, most), most] };
}

function number<Row>(name: string, value: (row: Row) => string): Column<Row> {
  return { name, value, align: 'right' };
}

function totalLines({ totals, before }: Report, screen: Screen): string[] {
  return table(
    totals,
    [
      text('figure', ({ name }) => name),
      number('now', ({ now, unit }) => figureText(now, unit)),
      ...(before === null
        ? []
        : [
            number<(typeof totals)[number]>('before', (row) => figureText(row.before, row.unit)),
            text<(typeof totals)[number]>('change', ({ change }) => change ?? ''),
          ]),
    ],
    screen,
  );
}

function shareLines(report: Report, screen: Screen): string[] {
  const { shares, before } = report;
  type Row = (typeof shares.rows)[number];
  return table<Row>(
    shares.rows,
    [
      text(shares.by, (row) => shareText(row, report), 32),
      number('jobs', ({ jobs }) => String(jobs)),
      number('rendered', ({ renderSeconds }) => figureText(renderSeconds, 'seconds')),
      ...(before === null
        ? []
        : [
            number<Row>('before', (row) => figureText(row.renderSecondsBefore, 'seconds')),
            text<Row>('change', ({ change }) => change ?? ''),
          ]),
    ],
    screen,
  );
}

function machineLines({ machines }: Report, screen: Screen): string[] {
  type Row = (typeof machines.rows)[number];
  const hasHistory = machines.rows.some(({ requeued }) => requeued !== null);
  const hours = (seconds: number | null) => (seconds === null ? UNKNOWN : hoursText(seconds));
  return table<Row>(
    machines.rows,
    [
      text('worker', ({ worker }) => workerText(worker), 32),
      number('failed', ({ failed }) => String(failed)),
      ...(hasHistory
        ? [
            number<Row>('requeued', ({ requeued }) => String(requeued ?? UNKNOWN)),
            number<Row>('wasted', ({ wastedSeconds }) => hours(wastedSeconds)),
          ]
        : []),
      number('rendered', ({ renderSeconds }) => hours(renderSeconds)),
    ],
    screen,
  );
}

function longestLines({ longest }: Report, screen: Screen): string[] {
  type Row = (typeof longest)[number];
  return table<Row>(
    longest,
    [
      number('rendered', ({ renderSeconds }) => runTime(1_000 * renderSeconds)),
      { ...text<Row>('job', jobText, 32), elide: 'middle', width: [16, 32] },
      number('task', ({ task }) => String(task)),
      { ...text<Row>('frames', ({ frames }) => frames ?? UNKNOWN, 20), elide: 'ranges' },
      text('worker', ({ worker }) => worker ?? UNKNOWN, 20),
      text('user', ({ user }) => user ?? NONE, 16),
    ],
    screen,
  );
}
