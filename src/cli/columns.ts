import { briefFrames } from '../shared/frames.ts';
import { FAILED } from '../shared/indexes.ts';
import { runTime } from '../shared/run-time.ts';
import { tellingReason } from '../shared/telling-reason.ts';
import { painted, type Screen } from '../terminal/screen.ts';
import { shortTimes } from '../terminal/short-time.ts';
import type { Column } from '../terminal/table.ts';
import { markedText, markOf } from './marks.ts';
import type { Session } from './session.ts';

/** What is shown for none, such as no batch; what is not known is empty. */
export const NONE = '–';

/** A column of times, in ms since the epoch. */
export function timeColumn<Row>(
  name: string,
  time: (row: Row) => number | undefined,
  session: Session,
  seconds = false,
): Column<Row> {
  return {
    name,
    value: (row) => dateOf(time(row)),
    cells: (rows) => shortTimes(rows.map(time), session, seconds),
  };
}

/** A time for programs. */
export function dateOf(ms: number | undefined): Date | undefined {
  return ms === undefined ? undefined : new Date(ms);
}

/** A status with its mark and color. */
export function statusColumn<Row>(
  status: (row: Row) => string | undefined,
  { screen }: Session,
): Column<Row> {
  return {
    name: 'status',
    value: status,
    cells: (rows) => rows.map((row) => markedText(status(row))),
    paint: (text, row) => painted(screen, markOf(status(row)).style, text),
  };
}

/** A name whose end tells, such as its version. */
export function nameColumn<Row>(
  name: string,
  value: (row: Row) => string | undefined,
): Column<Row> {
  return { ...textColumn(name, value), elide: 'middle', width: [16, 27] };
}

/** A text whose start tells, such as a user. */
export function textColumn<Row>(
  name: string,
  value: (row: Row) => string | undefined,
): Column<Row> {
  return {
    name,
    value: (row) => value(row) || undefined,
    cells: (rows) => rows.map((row) => noneText(value(row))),
    elide: 'end',
    width: [6, 16],
  };
}

/** In Deadline, a text that is empty is none. */
function noneText(text: string | undefined): string {
  return text === '' ? NONE : (text ?? '');
}

export function countColumn<Row>(
  name: string,
  value: (row: Row) => number | undefined,
): Column<Row> {
  return { name, value, align: 'right' };
}

/** How long something ran, in ms; for programs in s. */
export function ranColumn<Row>(name: string, ran: (row: Row) => number | undefined): Column<Row> {
  return {
    name,
    value: (row) => {
      const ms = ran(row);
      return ms === undefined ? undefined : Math.round(ms / 1_000);
    },
    cells: (rows) => rows.map((row) => runTime(ran(row))),
    align: 'right',
  };
}

/** Frames as Deadline writes them; those that are many are cut between two ranges. */
export function framesColumn<Row>(frames: (row: Row) => string | undefined): Column<Row> {
  return {
    name: 'frames',
    value: (row) => frames(row) || undefined,
    cells: (rows) => rows.map((row) => noneText(briefFrames(frames(row)))),
    elide: 'ranges',
    width: [9, 27],
  };
}

/** Why something stopped. There is no column where no row has a reason of its own. */
export function reasonColumn<Row>(reason: (row: Row) => string | undefined): Column<Row> {
  return {
    name: 'reason',
    value: (row) => reason(row) || undefined,
    cells: (rows) => rows.map((row) => tellingReason(reason(row))),
    elide: 'end',
    width: [12, 40],
    isBrief: true,
  };
}

/** What is known of a job: it has a name once it has stopped. */
export interface NamedJob {
  readonly job: string;
  readonly name: string | undefined;
}

/** Characters of an id that tell it from others of a farm. */
const SHORT_ID = 8;

/** The columns of a job's name, or else its whole id, and of its id. */
export function jobColumns<Row>(
  job: (row: Row) => NamedJob,
  { screen }: Session,
): { job: Column<Row>; id: Column<Row> } {
  return {
    job: {
      ...nameColumn('job', (row) => job(row).name || job(row).job),
      aka: 'name',
      isWhole: (row) => !job(row).name,
    },
    id: {
      name: 'id',
      value: (row) => job(row).job,
      cells: (rows) => {
        const ids = rows.map((row) => job(row).job);
        const short = shortIds(ids);
        return ids.map((id) => [id, short(id)]);
      },
      width: [SHORT_ID, SHORT_ID],
      paint: (text) => painted(screen, 'dim', text),
    },
  };
}

/** The beginning of an id, which the commands take for the whole. */
export function shortId(id: string): string {
  return id.slice(0, SHORT_ID);
}

/**
 * The same of ids that are listed together: as long as it takes to tell them apart. Ids begin with the second in which
 * the job was submitted, so a script that submits several at once gives all of them the same beginning.
 */
export function shortIds(ids: readonly string[]): (id: string) => string {
  const different = new Set(ids);
  let length = SHORT_ID;
  while (new Set([...different].map((id) => id.slice(0, length))).size < different.size)
    length += 1;
  return (id) => id.slice(0, length);
}

/** How many tasks of a job failed. */
export interface FailedCount {
  /** `undefined` if it is not known. */
  readonly failed: number | undefined;
  /** How many tasks it has, if that is known. */
  readonly tasks: number | 'so far' | undefined;
}

/** Failed tasks, of all, as in `7 of 41`, or `2 so far`. */
export function failedColumn<Row>(
  count: (row: Row) => FailedCount,
  { screen }: Session,
): Column<Row> {
  return {
    name: 'failed',
    value: (row) => count(row).failed,
    cells: (rows) => {
      const numbers = rows.map((row) => String(count(row).failed ?? '?'));
      const digits = Math.max(...numbers.map(({ length }) => length));
      return rows.map((row, index) => {
        const { tasks } = count(row);
        const failed = (numbers[index] as string).padStart(digits);
        if (tasks === undefined) return failed;
        return `${failed} ${tasks === 'so far' ? tasks : `of ${tasks}`}`;
      });
    },
    paint: (text, row) => (count(row).failed === 0 ? text : paintedCount(text, screen)),
  };
}

/** A text whose first number, of failed tasks, has the color of failures. */
export function paintedCount(text: string, screen: Screen): string {
  return text.replace(/\d+/, (count) => painted(screen, markOf(FAILED).style, count));
}
