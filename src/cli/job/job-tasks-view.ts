import stringWidth from 'string-width';
import { countFrames, frameEnds } from '../../shared/frames.ts';
import { FAILED } from '../../shared/indexes.ts';
import { masked } from '../../shared/printable.ts';
import { elideRanges } from '../../terminal/elide.ts';
import { type FieldBlock, VALUE_START } from '../../terminal/field-list.ts';
import { painted, type Screen } from '../../terminal/screen.ts';
import type { Cell } from '../../terminal/table.ts';
import { workersCell } from '../failures/tally-cells.ts';
import { tasksText } from '../task-states.ts';
import type { JobReport } from './job-report.ts';
import type { TaskOverview } from './task-overview.ts';
import { stripLegend, stripLine, taskStrip } from './task-strip.ts';

/** Characters of a strip, at most. */
const STRIP = 56;
/** Characters of the ids of failed tasks that are told, at most. */
const MOST_IDS = 30;

/** How many tasks are in which state, and the strip of them. */
export function tasksFields({ found, tasks }: JobReport, screen: Screen): FieldBlock[] {
  const { counts, states } = tasks;
  const text = masked(tasksText(counts, found?.tasks));
  const count = counts.has(FAILED)
    ? text.replace(/^\d+/, (digits) => painted(screen, ['bold', 'red'], digits))
    : text;
  const isSoFar = found === undefined ? ', so far' : '';
  const head = { left: [{ name: 'tasks', value: `${count}${isSoFar}` }] };
  if (states.length === 0) return [head];
  const [first, last] = stripEnds(found?.frames, tasks);
  const room = screen.width - VALUE_START - stringWidth(first) - stringWidth(last);
  const total = Math.max(found?.tasks ?? 0, states.length);
  const strip = taskStrip(states, total, Math.min(STRIP, room));
  const legend = joinedToFit(stripLegend(strip, screen), screen.width - VALUE_START);
  const lines = [`${first}${stripLine(strip, screen)}${last}`, ...legend];
  return [head, { lines: lines.map((line) => ' '.repeat(VALUE_START) + line) }];
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
export function failedFields({ counts, failed }: TaskOverview, width: number): FieldBlock[] {
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
  if (stringWidth(line) <= width - VALUE_START)
    return [{ left: [{ name: 'failed', value: line }] }];
  return [
    { left: [{ name: 'failed', value: masked(frames), elide: elideRanges }] },
    { lines: [`${' '.repeat(VALUE_START)}${ofFrames}${which}; all with --wide`] },
  ];
}

function maskedCell(cell: Cell): Cell {
  return typeof cell === 'string' ? masked(cell) : (cell.map(masked) as [string, ...string[]]);
}
