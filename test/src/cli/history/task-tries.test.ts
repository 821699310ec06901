import { describe, expect, test } from 'vitest';
import { type TriedTask, triesOf } from '../../../../src/cli/history/task-tries.ts';

const start = (task = 13, worker = 'render-036'): TriedTask => ({
  ...{ task, worker, isStart: true, ran: undefined, errors: 0 },
});
const stop = (ran: number, errors = 1, worker = 'render-036', task = 13): TriedTask => ({
  ...{ task, worker, isStart: false, ran, errors },
});

describe('where all is recorded', () => {
  test('a try is a start and the stop that follows', () => {
    const life = [start(), stop(26), start(), stop(131, 2), start(13, 'render-040')];
    expect(triesOf(life)).toEqual([
      { task: 13, worker: 'render-036', ran: 26, hasStart: true, end: life[1] },
      { task: 13, worker: 'render-036', ran: 131, hasStart: true, end: life[3] },
      { task: 13, worker: 'render-040', ran: undefined, hasStart: true, end: undefined },
    ]);
  });

  test('its end is the last stop before the next try', () => {
    const life = [start(), stop(26), stop(26), stop(0, 1, ''), start(), stop(131, 2)];
    expect(triesOf(life).map(({ end }) => end)).toEqual([life[3], life[5]]);
  });

  test('tries of several tasks at once are told apart', () => {
    const lives = [start(1), start(2), stop(5, 0, 'b', 2), stop(7, 0, 'a', 1)];
    expect(triesOf(lives).map(({ task, worker, ran }) => [task, worker, ran])).toEqual([
      [1, 'a', 7],
      [2, 'b', 5],
    ]);
  });

  test('a requeue or a suspension of a task that has stopped is no try', () => {
    expect(triesOf([start(), stop(26), stop(26), stop(0, 1, '')])).toHaveLength(1);
    expect(triesOf([stop(0, 0, '')])).toEqual([]);
  });

  test('a stop without a worker is of the worker that started it', () => {
    expect(triesOf([start(), stop(26, 1, '')])).toMatchObject([{ worker: 'render-036', ran: 26 }]);
  });
});

describe('where starts are not recorded', () => {
  test('each stop that rendered is a try', () => {
    expect(triesOf([stop(26), stop(131, 2), stop(202, 3)]).map(({ hasStart }) => hasStart)).toEqual(
      [...[false, false, false]],
    );
  });

  test('what a stop says again is the same try', () => {
    expect(triesOf([stop(202, 3), stop(202, 3)])).toHaveLength(1);
    expect(triesOf([stop(202, 3), stop(202, 3, 'render-040')])).toHaveLength(2);
  });
});
