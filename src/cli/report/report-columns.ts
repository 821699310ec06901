import { runTime } from '../../shared/run-time.ts';
import type { Column } from '../../terminal/table.ts';
import { countText } from '../amount-text.ts';
import { NONE } from '../columns.ts';
import type { LongTask, Report, ReportedMachine, Share, Total } from './report-model.ts';
import { figureText, jobText, shareText, UNKNOWN, workerText } from './report-words.ts';

/** A column of a section, for all formats that lay its rows out as a table. */
export interface ReportColumn<Row> extends Column<Row> {
  readonly value: (row: Row) => string;
  /** What stands out in a row: a failure, or a try that came back. */
  readonly alert?: (row: Row) => 'failed' | 'requeued' | undefined;
}

type ShareColumn = ReportColumn<Share>;
type LongColumn = ReportColumn<LongTask>;
type MachineColumn = ReportColumn<ReportedMachine>;

/** Those of the totals: with what was before, if that is known. */
export function totalColumns({ before }: Report): ReportColumn<Total>[] {
  return [
    text('figure', ({ name }) => name),
    {
      ...number('now', ({ now, unit }) => figureText(now, unit)),
      alert: ({ isFailure }) => (isFailure ? 'failed' : undefined),
    },
    ...ifSo<Total>(before !== null, [
      number('before', (row) => figureText(row.before, row.unit)),
      text('change', ({ change }) => change ?? ''),
    ]),
  ];
}

/** Those of who rendered how long. */
export function shareColumns(
  report: Report,
): [who: ShareColumn, jobs: ShareColumn, rendered: ShareColumn, ...compared: ShareColumn[]] {
  return [
    text(report.shares.by, (row) => shareText(row, report), 32),
    number('jobs', ({ jobs }) => countText(jobs)),
    number('rendered', ({ renderSeconds }) => figureText(renderSeconds, 'seconds')),
    ...ifSo<Share>(report.before !== null, [
      number('before', (row) => figureText(row.renderSecondsBefore, 'seconds')),
      text('change', ({ change }) => change ?? ''),
    ]),
  ];
}

/** Those of the worst machines: with what the history tells, if there is one. */
export function machineColumns({
  hasHistory,
}: Report): [worker: MachineColumn, ...figures: MachineColumn[]] {
  return [
    text('worker', ({ worker }) => workerText(worker), 32),
    {
      ...number('failed', ({ failed }) => countText(failed)),
      alert: ({ failed }) => (failed > 0 ? 'failed' : undefined),
    },
    ...ifSo<ReportedMachine>(hasHistory, [
      {
        ...number('requeued', ({ requeued }) => figureText(requeued, 'count')),
        alert: ({ requeued }) => (requeued ? 'requeued' : undefined),
      },
      number('wasted', ({ wastedSeconds }) => figureText(wastedSeconds, 'seconds')),
    ]),
    number('rendered', ({ renderSeconds }) => figureText(renderSeconds, 'seconds')),
  ];
}

/** Those of the longest tasks. */
export function longestColumns(): [
  ...[rendered: LongColumn, job: LongColumn, task: LongColumn],
  ...[frames: LongColumn, worker: LongColumn, user: LongColumn],
] {
  return [
    number('rendered', ({ renderSeconds }) => runTime(1_000 * renderSeconds)),
    { ...text('job', jobText, 32), elide: 'middle', width: [16, 32] },
    number('task', ({ task }) => String(task)),
    { ...text('frames', ({ frames }) => frames ?? UNKNOWN, 20), elide: 'ranges' },
    text('worker', ({ worker }) => worker ?? UNKNOWN, 20),
    text('user', ({ user }) => user ?? NONE, 16),
  ];
}

function ifSo<Row>(condition: boolean, columns: ReportColumn<Row>[]): ReportColumn<Row>[] {
  return condition ? columns : [];
}

function text<Row>(name: string, value: (row: Row) => string, most = 40): ReportColumn<Row> {
  return { name, value, elide: 'end', width: [Math.min(12, most), most] };
}

function number<Row>(name: string, value: (row: Row) => string): ReportColumn<Row> {
  return { name, value, align: 'right' };
}
