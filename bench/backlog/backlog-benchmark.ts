import { join } from 'node:path';
import type { Report } from '../benchmarks.ts';
import { runChildProcess } from '../child-process.ts';
import { summarize } from '../figure.ts';
import type { Row } from '../markdown.ts';
import type { Drained, Mark } from './drain-process.ts';

export const about = `100,000 notifications wait in the queue when the local pipeline starts: SQS (\`fauxqs\`), poller, and function in one
process, DynamoDB Local in another. If growing tables slowed it down, the last tenth would take longer than the
median one.`;

/** The width of the plot, in characters. */
const WIDTH = 40;

/** Measures whether the pipeline slows down as its tables grow. */
export async function run(signal: AbortSignal): Promise<Report> {
  const path = join(import.meta.dirname, 'drain-process.ts');
  const [{ marks, cpu }] = (await runChildProcess<Drained>(path, { signal })) as [Drained];
  const tenths = marks.slice(1).map((mark, index) => toTenth(marks[index] as Mark, mark));
  const { median, max } = summarize(tenths.map(({ speed }) => speed));
  const { stored, seconds } = marks.at(-1) as Mark;
  return {
    blocks: [
      {
        title: 'From a full queue to rows, five batches of ten at a time',
        rows: [
          {
            'last tenth / median tenth': (tenths.at(-1) as Tenth).speed / median,
            'records per second': stored / seconds,
            notifications: stored,
            seconds,
            'CPU per record (us), SQS and function': cpu,
          },
        ],
      },
      { title: 'Records per second over time', rows: tenths.map((tenth) => plot(tenth, max)) },
    ],
  };
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
  return { stored, seconds, 'records per second': speed, plot: bar.padEnd(WIDTH, '░') };
}
