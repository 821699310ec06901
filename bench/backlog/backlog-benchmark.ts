import { join } from 'node:path';
import { runChildProcess } from '../child-process.ts';
import { summarize } from '../figure.ts';
import type { Row, Table } from '../markdown.ts';
import type { Drained, Mark } from './drain-process.ts';

/** Of the plot, in characters. */
const WIDTH = 40;

/** Whether the pipeline slows down as its tables grow. */
export async function run(signal: AbortSignal): Promise<Table[]> {
  const path = join(import.meta.dirname, 'drain-process.ts');
  const [{ marks, cpu }] = (await runChildProcess<Drained>(path, { signal })) as [Drained];
  const tenths = marks.slice(1).map((mark, index) => toTenth(marks[index] as Mark, mark));
  const { median, max } = summarize(tenths.map(({ speed }) => speed));
  const { stored, seconds } = marks.at(-1) as Mark;
  return [
    {
      title: 'A full queue through the local pipeline, five batches of ten at once',
      rows: [
        {
          'last tenth / median tenth': (tenths.at(-1) as Tenth).speed / median,
          'records a second': stored / seconds,
          notifications: stored,
          seconds,
          'CPU, us a record, SQS and function': cpu,
        },
      ],
    },
    { title: 'Records a second over time', rows: tenths.map((tenth) => plot(tenth, max)) },
  ];
}

interface Tenth extends Mark {
  /** In records per second. */
  readonly speed: number;
}

function toTenth(from: Mark, to: Mark): Tenth {
  return { ...to, speed: (to.stored - from.stored) / (to.seconds - from.seconds) };
}

function plot({ stored, seconds, speed }: Tenth, fastest: number): Row {
  const bar = '█'.repeat(Math.round((WIDTH * speed) / fastest));
  return { stored, seconds, 'records a second': speed, plot: bar.padEnd(WIDTH, '░') };
}
