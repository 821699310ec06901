import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { beforeAll, expect, inject, test } from 'vitest';
import { onPseudoTerminal } from '../../support/pseudo-terminal.ts';
import { stackToAsk, stoppedJob, taskIn } from '../../support/stack-to-ask.ts';

const { happened, env } = await stackToAsk(inject('renderingTemplate'));

/** A job's id, whose first 8 characters differ from others'. */
const idOf = (number: number) => `${number}6b067e72f6ac6ffc9125246d`.slice(0, 24);
const [SCENE, WIDE, LONG, RUNNING] = [idOf(1), idOf(2), idOf(3), idOf(4)];
const FRAMES = Array.from({ length: 500 }, (_, index) => 1_001 + 2 * index);

beforeAll(async () => {
  const worker = (number: number) => ({ WorkerName: `render-${String(number).padStart(3, '0')}` });
  await happened(
    [
      10,
      stoppedJob(SCENE, 'Failed', {
        ...{ JobName: 'sq040_sh0310_cache_v003', UserName: 'fx-3', PluginName: 'Houdini' },
        ...{ NumberOfTasks: 41, NumberOfErrors: 12, Department: 'fx', Pool: 'none' },
        JobStartedDateTime: new Date(Date.now() - 40 * 60_000).toISOString(),
      }),
    ],
    ...Array.from({ length: 7 }, (_, id) => {
      const frames = `${1_027 + 2 * id}-${1_028 + 2 * id}`;
      const details = { ...worker(30 + id), FrameRange: frames, RenderTime: '00:03:22' };
      return [11 + id / 10, taskIn(SCENE, 13 + id, 'Failed', details)] as const;
    }),
    [
      20,
      stoppedJob(WIDE, 'Completed', {
        ...{ JobName: '夜景の灯火_第三幕_ランタンの行列と花火_v012', UserName: '山田太郎' },
        NumberOfTasks: 9,
      }),
    ],
    [25, taskIn(WIDE, 1, 'Failed', { ...worker(4), FrameRange: '1001-1009' })],
    [
      25,
      taskIn(WIDE, 2, 'Failed', {
        WorkerName: 'レンダー機械の名前がとても長い👩‍👩‍👧',
        FrameRange: '1013',
      }),
    ],
    [
      30,
      stoppedJob(LONG, 'Failed', {
        ...{
          JobName: `a_${'very_'.repeat(30)}long_name_v001`,
          UserName: 'somebody.with.a.long.name',
        },
        ...{ NumberOfTasks: 812, BatchName: 'a batch' },
      }),
    ],
    ...FRAMES.map(
      (frame, id) =>
        [
          31,
          taskIn(LONG, id, 'Failed', { ...worker(id % 36), FrameRange: String(frame) }),
        ] as const,
    ),
    [5, taskIn(RUNNING, 0, 'Failed', { ...worker(8), FrameRange: FRAMES.join() })],
    [4, taskIn(RUNNING, 1, 'Rendering', { ...worker(9), FrameRange: '2001' })],
  );
});

const CALLS = [
  ['failed'],
  ['failed', '--tasks', '--limit', '8'],
  ['failed', '--by', 'worker', '--limit', '5'],
  ['failed', '--sort', 'failed'],
  ['jobs'],
  ['jobs', '--columns', 'id,name,user,reason'],
  ['tasks', SCENE],
  ['tasks', WIDE],
  ...[WIDE, LONG, RUNNING].map((id) => ['job', id]),
  ['wait', LONG],
  ['rendering'],
  ['rendering', '--by', 'job'],
  ['watch', '--since', '1h'],
  ['watch', SCENE, '--since', '1h'],
];

/** What people see: without what colors it. */
const plain = stripVTControlCharacters;

// One that does not tell its width is taken for 80 columns.
test.for([60, 120, 0])('on a terminal of %d columns, a row is a line', async (columns) => {
  const width = columns || 80;
  const printed = await onPseudoTerminal(columns, CALLS, env({ NO_COLOR: undefined }));
  expect(printed).toHaveLength(CALLS.length);
  for (const [index, lines] of printed.entries()) {
    const call = CALLS[index]?.join(' ');
    expect([call, lines.length]).not.toEqual([call, 0]);
    for (const line of lines) {
      expect(stringWidth(line), line).toBeLessThanOrEqual(width);
      expect(plain(line)).not.toMatch(/\p{Cc}|\ufffd/u);
    }
  }
  const [failed = [], tasks = []] = printed.map((lines) => lines.map(plain));
  // Neither ids, nor task numbers, nor the starts of frames, nor times are cut.
  expect(failed.join('\n')).toContain(`${SCENE.slice(0, 8)}  1027-1040`);
  expect(failed.join('\n')).toMatch(/ {2}1001, 1003, .*… \d+ more ranges$/m);
  expect(failed.filter((line) => line.includes(RUNNING))).toHaveLength(1);
  const rows = tasks.filter((line) => /^\d\d:\d\d /.test(line));
  expect(rows).toHaveLength(8);
  expect(rows[0]).toMatch(/^\d\d:\d\d {2}\S+ +0 {2}1001, /);
});
