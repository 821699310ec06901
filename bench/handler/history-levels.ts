import { join } from 'node:path';
import { synthesize } from '../../src/local/template.ts';
import { HISTORY, type HistoryLevel } from '../../src/shared/setting-values.ts';
import { runChildProcess } from '../child-process.ts';
import { summarize, summarizeRatio } from '../figure.ts';
import type { Table } from '../markdown.ts';
import { functionEnvironment } from '../stack-tables.ts';

/** A measurement of the function with a level of the history, in one round. */
export interface LevelSample {
  readonly level: HistoryLevel;
  /** CPU time of the process per record, in us. */
  readonly cpu: number;
}

/** What the child process measures: the environment of the function with each level. */
export interface LevelTask {
  readonly environments: Readonly<Record<HistoryLevel, Readonly<Record<string, string>>>>;
}

/** Measures the CPU per record with each level of the history, in turns, against a stub endpoint. */
export async function historyTable(endpoint: string, signal: AbortSignal): Promise<Table> {
  const environments: Partial<Record<HistoryLevel, Record<string, string>>> = {};
  for (const history of HISTORY) {
    environments[history] = await functionEnvironment(await synthesize({ history }), endpoint);
  }
  const samples = await runChildProcess<LevelSample>(
    join(import.meta.dirname, 'history-levels-process.ts'),
    { task: { environments }, execArgv: ['--expose-gc'], signal },
  );
  const of = (level: HistoryLevel) =>
    samples.filter((sample) => sample.level === level).map(({ cpu }) => cpu);
  return {
    title:
      'CPU per record (us), by `history`: new rows, one task in twenty failed, batches of 500, stub endpoint',
    rows: HISTORY.map((level) => ({
      history: level,
      'times off': summarizeRatio(of(level), of('off')),
      'CPU per record (us)': summarize(of(level)),
    })),
  };
}
