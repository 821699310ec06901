import { expect, test } from 'vitest';
import { problems } from '../../../src/local/demo/demo-check.ts';

const body = (TaskID: number, Status: string, Timestamp = '2020-01-01T00:00:00Z') => ({
  TaskDetails: { JobID: 'j', TaskID, Status, RenderStatus: '' },
  NotificationInfo: { Name: 'StoppedTaskNotification' },
  Timestamp,
});
const row = (task_id: number, Status: string, sent_timestamp: number) => ({
  job_id: 'j',
  task_id,
  sent_timestamp,
  timestamp: '2020-01-01T00:00:00Z',
  task_details: { JobID: 'j', TaskID: task_id, Status, RenderStatus: null },
  notification_info: { Name: 'StoppedTaskNotification' },
});
const sent = [
  { body: body(0, 'Rendering'), from: 10, to: 12 },
  { body: body(0, 'Completed'), from: 20, to: 22 },
  { body: body(1, 'Completed'), from: 30, to: 32 },
];
const task0 = row(0, 'Completed', 21);
const task1 = row(1, 'Completed', 30);

test('rows that are the newest notifications sent are correct', () => {
  expect(problems(sent, [], [task0, task1])).toEqual([]);
});

test.for([
  [
    'an older notification',
    [row(0, 'Rendering', 11), task1],
    'Task 0 of job j: the row is not the newest',
  ],
  ['an older time', [row(0, 'Completed', 11), task1], 'Task 0 of job j: the row is not the newest'],
  ['a missing row', [task0], 'Task 1 of job j has no row'],
  ['a row of nothing', [task0, task1, row(2, 'Completed', 21)], 'Task 2 of job j has a row, but'],
] as const)('%s is detected', ([, rows, problem]) => {
  expect(problems(sent, [], rows)).toEqual([expect.stringContaining(problem)]);
});
