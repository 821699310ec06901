import { expect, test } from 'vitest';
import { report } from '../../../../bench/convergence/exhaustive/exhaustive-benchmark.ts';

const found = { deliveries: 71, all: '2000', wrong: '0', situations: 50 };
const right = {
  ...found,
  world: 'two tasks',
  newestBy: 'sent_timestamp',
  example: undefined,
} as const;

test('sums up the schedules of all worlds', () => {
  const huge = { ...right, all: '9007199254740993' };
  expect(report([right, huge])).toMatchObject({
    blocks: [
      {
        title: '9,007,199,254,742,993 schedules, of which 0 leave a row or the history wrong',
        rows: [
          { 'three notifications': 'two tasks', schedules: '2,000', situations: 50, wrong: 0 },
          { schedules: '9,007,199,254,740,993' },
        ],
      },
    ],
    problems: [],
  });
});

test('a schedule that leaves a row wrong is a problem, with its steps', () => {
  const wrong = { ...right, wrong: '3', example: ['0 reads 0', '1 is killed'] };
  const { blocks, problems } = report([right, wrong]);
  expect(blocks).toMatchObject([
    { title: '4,000 schedules, of which 3 leave a row or the history wrong' },
  ]);
  expect(problems).toEqual(['two tasks, newest by sent_timestamp: 0 reads 0, 1 is killed.']);
});
