import { FAILED } from '../../shared/indexes.ts';
import { masked } from '../../shared/printable.ts';
import { runTime } from '../../shared/run-time.ts';
import { tellingReason } from '../../shared/telling-reason.ts';
import { elideMiddle } from '../../terminal/elide.ts';
import { type Field, type FieldBlock, fieldLines, VALUE_START } from '../../terminal/field-list.ts';
import { painted } from '../../terminal/screen.ts';
import { shortTimes } from '../../terminal/short-time.ts';
import { type Cell, longestThatFits } from '../../terminal/table.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import { callName } from '../call-name.ts';
import { NONE, shortId } from '../columns.ts';
import { ranFor, SENDING } from '../job-times.ts';
import type { Session } from '../session.ts';
import { type JobReport, newestTime } from './job-report.ts';
import { failedFields, tasksFields } from './job-tasks-view.ts';
import { jobTitle, paintedTitle, stopText, timesText } from './job-title.ts';

type View = Pick<Session, 'screen' | 'now' | 'utc'>;

/** A job for people, in lines. */
export function jobLines(report: JobReport, view: View, isWide: boolean): string[] {
  const { id, found, tasks } = report;
  const { screen } = view;
  const width = isWide ? Infinity : screen.width;
  const dim = (text: string) => painted(screen, 'dim', text);
  const titled = { id, found, isRendering: tasks.isRendering };
  const blocks: FieldBlock[] = [
    ...(found ? jobFields(found, view) : []),
    ...tasksFields(report, screen),
    ...failedFields(tasks, width),
    ...lastFields(report, view),
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

/** The id is never cut, so a long one has a line of its own. */
function lastFields(report: JobReport, view: View): FieldBlock[] {
  const id = { name: 'id', value: masked(report.id) };
  const newest = newestField(report, view);
  return report.id.length <= USUAL_ID
    ? [{ left: [id], right: [newest] }]
    : [{ left: [id] }, { left: [newest] }];
}

/** Characters of an id, as Deadline makes them. */
const USUAL_ID = 24;

function newestField(report: JobReport, view: View): Field {
  const newest = newestTime(report);
  if (newest === undefined) return { name: 'newest', value: NONE };
  const isNewest = (ms: number | undefined) => ms !== undefined && newest - ms <= SENDING;
  const { found, tasks } = report;
  const from = [isNewest(found?.sent) && 'job', isNewest(tasks.newest) && 'tasks'].filter(Boolean);
  const time = shortTimes([newest], view, true)[0] as string;
  return { name: 'newest', value: [`${time}, ${from.join(' and ')}`, time] };
}

/** A whole id, as Deadline makes them: its beginning is enough. */
const WHOLE_ID = /^[0-9a-f]{24}$/;
/** Columns of the terminal before calls that are long. */
const SHORT_INDENT = 6;

/** What to ask next, if something is wrong or goes on. A call without room is left out: it could not be used. */
function nextLines(
  { id, found, tasks, hasHistory }: JobReport,
  width: number,
  dim: (text: string) => string,
): string[] {
  // Other ids would need quoting, which differs between shells.
  if (!/^\w[\w.-]*$/.test(id)) return [];
  const short = found && WHOLE_ID.test(id) ? shortId(id) : id;
  const [firstFailed] = /^-?\d+/.exec(tasks.failed.tasks) ?? [];
  const calls = [
    ...(tasks.counts.has(FAILED) ? [`tasks ${short} --status ${FAILED}`] : []),
    ...(hasHistory && firstFailed ? [`history ${short} --task ${firstFailed}`] : []),
    ...(found === undefined ? [`wait ${short}`] : []),
  ].map((call) => `${callName()} ${call}`);
  const indent = calls.every((call) => call.length <= width - VALUE_START)
    ? VALUE_START
    : SHORT_INDENT;
  return calls
    .filter((call) => call.length <= width - indent)
    .map((call, index) => dim((index === 0 ? 'next' : '').padEnd(indent)) + call);
}
