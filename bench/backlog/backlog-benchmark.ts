import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { figureOf } from '../figure.ts';
import type { Row, Table } from '../markdown.ts';
import type { Drained, Mark } from './drain-process.ts';

/** How wide the plot is, in characters. */
const WIDTH = 40;

/** Whether the pipeline slows down as its tables grow. */
export async function run(signal: AbortSignal): Promise<Table[]> {
  const { marks, cpu } = await drained(signal);
  const tenths = marks.slice(1).map((mark, index) => tenth(marks[index] as Mark, mark));
  const { median, max } = figureOf(tenths.map(({ speed }) => speed));
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
    {
      title: 'Records a second over time',
      rows: tenths.map((each) => plotted(each, max)),
    },
  ];
}

/** What a process of its own measures: SQS and the function behind it. */
async function drained(signal: AbortSignal): Promise<Drained> {
  const child = fork(join(import.meta.dirname, 'drain-process.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  signal.addEventListener('abort', () => child.kill()); // and it stops what it has started
  const found: Drained[] = [];
  child.on('message', (drained: Drained) => found.push(drained));
  const [code] = await once(child, 'close'); // after its last message
  if (code !== 0) throw new Error(`The local pipeline ended with ${code}.`);
  return found[0] as Drained;
}

interface Tenth extends Mark {
  /** In records a second. */
  readonly speed: number;
}

function tenth(from: Mark, to: Mark): Tenth {
  return { ...to, speed: (to.stored - from.stored) / (to.seconds - from.seconds) };
}

function plotted({ stored, seconds, speed }: Tenth, fastest: number): Row {
  const bar = '█'.repeat(Math.round((WIDTH * speed) / fastest));
  return { stored, seconds, 'records a second': speed, plot: bar.padEnd(WIDTH, '░') };
}
