import stringWidth from 'string-width';
import { FAILED } from '../shared/indexes.ts';
import { masked } from '../shared/printable.ts';
import { elideMiddle, elideRanges } from '../terminal/elide.ts';
import { type Field, type FieldBlock, fieldLines } from '../terminal/field-list.ts';
import { runTime } from '../terminal/run-time.ts';
import { painted } from '../terminal/screen.ts';
import { shortTimes } from '../terminal/short-time.ts';
import { type Cell, longestThatFits, type Value } from '../terminal/table.ts';
import type { JobSummary } from './aws/row-summary.ts';
import { callName } from './call-name.ts';
import { dateOf, NONE, shortId, tellingReason } from './columns.ts';
import { workersCell } from './failures/tally.ts';
import { countFrames, frameEnds } from './frames.ts';
import { ranFor, SENDING } from './job-times.ts';
import { jobTitle, paintedTitle, stopText, timesText } from './job-title.ts';
import type { Session } from './session.ts';
import type { TaskOverview } from './task-overview.ts';
import { statusWord, sum, tasksText } from './task-states.ts';
import { stripLegend, stripLine, taskStrip } from './task-strip.ts';

/** All that is known of a job. */
export interface JobReport {
  readonly id: string;
  /** `undefined` until it first stops. */
  readonly found: JobSummary | undefined;
  readonly tasks: TaskOverview;
}

type View = Pick<Session, 'screen' | 'now' | 'utc'>;

/** Columns of the terminal before a value, and of a strip, at most. */
const [INDENT, STRIP] = [12, 56];
/** Characters of the ids of failed tasks that are told, at most. */
const MOST_IDS = 30;

/** A job for people, in lines. */
export function jobLines(report: JobReport, view: View, isWide: boolean): string[] {
  const { id, found, tasks } = report;
  const { screen } = view;
  const width = isWide ? Infinity : screen.width;
  const dim = (text: string) => painted(screen, 'dim', text);
  const titled = { id, found, isRendering: tasks.isRendering };
  const blocks: FieldBlock[] = [
    ...(found ? jobFields(found, view) : []),
    ...tasksFields(report, view),
    ...failedFields(tasks, width),
    { left: [{ name: 'id', value: masked(id) }], right: [newestField(report, view)] },
  ];
  return [
    paintedTitle(jobTitle(titled, width), titled, screen),
    sentence(report, view, width),
    ...fieldLines(blocks, width, dim),
    ...nextLines(report, width, dim),
  ];
}

function sentence({ found, tasks }: JobReport, view: View, width: number): string {
  const [long, short] = stopText(found, view);
  const again = tasks.again === 0 ? '' : `; ${tasks.again} of its tasks started since`;
  const times = timesText([found?.submitted, found?.started, found?.sent, tasks.newest], view);
  return longestThatFits(
    [`${long}${again}. ${times}`, `${short}${again}. ${times}`, `${short}. ${times}`],
    width,
  );
}

function jobFields(found: JobSummary, view: View): FieldBlock[] {
  const { user, department, plugin, pool, batch, priority, group, reason } = found;
  const left: Field[] = [
    { name: 'user', value: list(none(user), `department ${none(department)}`) },
    {
      name: 'plugin',
      value: list(none(plugin), `pool ${none(pool)}`, ...(batch ? [] : ['batch none'])),
    },
    ...(batch ? [{ name: 'batch', value: masked(batch), elide: elideMiddle }] : []),
    { name: 'priority', value: list(String(priority ?? NONE), `group ${none(group)}`) },
  ];
  const telling = tellingReason(reason);
  return [
    { left, right: timeFields(found, view) },
    ...(telling ? [{ left: [{ name: 'reason', value: masked(telling) }] }] : []),
  ];
}

function timeFields(found: JobSummary, view: View): Field[] {
  const { submitted, started, errors } = found;
  const time = (ms: number | undefined) => shortTimes([ms], view, true)[0] || NONE;
  const waited = runTime((started ?? NaN) - (submitted ?? NaN));
  const ran = runTime(ranFor(found)) || NONE;
  return [
    { name: 'submitted', value: time(submitted) },
    {
      name: 'started',
      value: waited ? [`${time(started)}, after ${waited}`, time(started)] : time(started),
    },
    {
      name: 'ran for',
      value:
        errors === undefined
          ? ran
          : [`${ran}, ${errors} ${errors === 1 ? 'error' : 'errors'}`, ran],
    },
  ];
}

/** A text that Deadline left empty is none. */
function none(text: string | undefined): string {
  return masked(text || 'none');
}

/** Texts with commas; or the first of them, if there is no room. */
function list(first: string, ...others: readonly string[]): Cell {
  return [[first, ...others].join(', '), first];
}

function tasksFields({ found, tasks }: JobReport, { screen }: View): FieldBlock[] {
  const { counts, states } = tasks;
  const text = masked(tasksText(counts, found?.tasks));
  const count = counts.has(FAILED)
    ? text.replace(/^\d+/, (digits) => painted(screen, ['bold', 'red'], digits))
    : text;
  const isSoFar = found === undefined ? ', so far' : '';
  const head = { left: [{ name: 'tasks', value: `${count}${isSoFar}` }] };
  if (states.length === 0) return [head];
  const [first, last] = stripEnds(found?.frames, tasks);
  const room = screen.width - INDENT - stringWidth(first) - stringWidth(last);
  const total = Math.max(found?.tasks ?? 0, states.length);
  const strip = taskStrip(states, total, Math.min(STRIP, room));
  const legend = joinedToFit(stripLegend(strip, screen), screen.width - INDENT);
  const lines = [`${first}${stripLine(strip, screen)}${last}`, ...legend];
  return [head, { lines: lines.map((line) => ' '.repeat(INDENT) + line) }];
}

/** Texts joined to lines, as many as fit into each. */
function joinedToFit(texts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const longer = `${lines.at(-1)}  ${text}`;
    if (lines.length > 0 && stringWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(text);
  }
  return lines;
}

/** Characters of a frame number at an end of the strip, at most. */
const END = 8;

/** The first and the last frame, with the blanks to the strip; empty if they are not known. */
function stripEnds(frames: string | undefined, { ends }: TaskOverview): [string, string] {
  const { first } = frameEnds(frames ?? ends[0] ?? '');
  const { last } = frameEnds(frames ?? ends[1] ?? '');
  if (first === undefined || last === undefined) return ['', ''];
  return first.length > END || last.length > END ? ['', ''] : [`${first} `, ` ${last}`];
}

/** The failed frames, ready to paste, and the workers of most of them. */
function failedFields({ counts, failed }: TaskOverview, width: number): FieldBlock[] {
  const count = counts.get(FAILED) ?? 0;
  if (count === 0) return [];
  return [
    ...failedFramesFields(failed, count, width),
    { left: [{ name: 'workers', value: maskedCell(workersCell(failed.workers)) }] },
  ];
}

function failedFramesFields(
  { frames, tasks }: TaskOverview['failed'],
  count: number,
  width: number,
): FieldBlock[] {
  const many = countFrames(frames);
  const ofFrames = many === undefined ? '' : `${many} ${many === 1 ? 'frame' : 'frames'}, `;
  const ids = /^\d+$/.test(tasks) ? `task ${tasks}` : `tasks ${tasks}`;
  const which = tasks.length > MOST_IDS ? `${count} tasks` : ids;
  const line = frames === '' ? which : `${masked(frames)}   (${ofFrames}${which})`;
  if (stringWidth(line) <= width - INDENT) return [{ left: [{ name: 'failed', value: line }] }];
  return [
    { left: [{ name: 'failed', value: masked(frames), elide: elideRanges }] },
    { lines: [`${' '.repeat(INDENT)}${ofFrames}${which}; all with --wide`] },
  ];
}

function maskedCell(cell: Cell): Cell {
  return typeof cell === 'string' ? masked(cell) : (cell.map(masked) as [string, ...string[]]);
}

function newestField(report: JobReport, view: View): Field {
  const newest = newestTime(report);
  if (newest === undefined) return { name: 'newest', value: NONE };
  const isNewest = (ms: number | undefined) => ms !== undefined && newest - ms <= SENDING;
  const { found, tasks } = report;
  const from = [isNewest(found?.sent) && 'job', isNewest(tasks.newest) && 'tasks'].filter(Boolean);
  const time = shortTimes([newest], view, true)[0] as string;
  return { name: 'newest', value: [`${time}, ${from.join(' and ')}`, time] };
}

/** When the newest of what is known was sent, in ms since the epoch. */
function newestTime({ found, tasks }: Omit<JobReport, 'id'>): number | undefined {
  const known = [found?.sent, tasks.newest].filter((ms) => ms !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** A whole id, as Deadline makes them: its beginning is enough. */
const WHOLE_ID = /^[0-9a-f]{24}$/;
/** Columns of the terminal before calls that are long. */
const SHORT_INDENT = 6;

/** What to ask next, if something is wrong or goes on. A call without room is left out: it could not be used. */
function nextLines(
  { id, found, tasks }: JobReport,
  width: number,
  dim: (text: string) => string,
): string[] {
  // Other ids would need quoting, which differs between shells.
  if (!/^\w[\w.-]*$/.test(id)) return [];
  const short = found && WHOLE_ID.test(id) ? shortId(id) : id;
  const calls = [
    ...(tasks.counts.has(FAILED) ? [`tasks ${short} --status ${FAILED}`] : []),
    ...(found === undefined ? [`wait ${short}`] : []),
  ].map((call) => `${callName()} ${call}`);
  const indent = calls.every((call) => call.length <= width - INDENT) ? INDENT : SHORT_INDENT;
  return calls
    .filter((call) => call.length <= width - indent)
    .map((call, index) => dim((index === 0 ? 'next' : '').padEnd(indent)) + call);
}

/** A job for programs: names and values, nothing cut. */
export function jobValues({ id, found, tasks }: JobReport): [name: string, value: Value][] {
  const ran = found && ranFor(found);
  const silent = Math.max(0, (found?.tasks ?? 0) - sum(tasks.counts));
  return [
    ['id', id],
    ['name', found?.name],
    ['status', found?.status],
    ['user', found?.user],
    ['department', found?.department],
    ['plugin', found?.plugin],
    ['pool', found?.pool],
    ['batch', found?.batch],
    ['group', found?.group],
    ['priority', found?.priority],
    ['reason', found?.reason],
    ['submitted', dateOf(found?.submitted)],
    ['started', dateOf(found?.started)],
    ['completed', dateOf(found?.completed)],
    ['sent', dateOf(found?.sent)],
    ['ran', ran === undefined ? undefined : Math.round(ran / 1_000)],
    ['errors', found?.errors],
    ['frames', found?.frames],
    ['tasks', found?.tasks],
    ...[...tasks.counts].map(([status, count]): [string, Value] => [
      `tasks ${statusWord(status)}`,
      count,
    ]),
    ['tasks nothing came', silent],
    ['failed frames', tasks.failed.frames],
    ['failed tasks', tasks.failed.tasks],
    ['newest', dateOf(newestTime({ found, tasks }))],
  ];
}
