import type { Value } from '../../terminal/table.ts';
import { dateOf } from '../columns.ts';
import { ranFor } from '../job-times.ts';
import { statusWord, sum } from '../task-states.ts';
import { type JobReport, newestTime } from './job-report.ts';

/** A job for programs: names and values, nothing cut. */
export function jobValues(report: JobReport): [name: string, value: Value][] {
  const { id, found, tasks } = report;
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
    ['newest', dateOf(newestTime(report))],
  ];
}
