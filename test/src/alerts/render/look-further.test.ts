import { expect, test } from 'vitest';
import { digestCall, jobCall, lateCall } from '../../../../src/alerts/render/look-further.ts';
import type { TransitionName } from '../../../../src/shared/transitions.ts';
import { TRANSITIONS } from '../../../../src/shared/transitions.ts';
import { runInProcess } from '../../../support/run-cli.ts';

const ID = '6b067e72f6ac6ffc9125246d';
const MINUTE = 60_000;

const common = (field: 'plugin' | 'user' | 'department' | 'worker') => ({
  field,
  value: 'x',
  jobs: 9,
});

test('all calls are ones that the command line takes', async () => {
  const calls = [
    ...TRANSITIONS.flatMap((each) => [
      jobCall(each, ID),
      jobCall(each, ID, 'FarmB'),
      digestCall(each, undefined, MINUTE),
      digestCall(each, common('plugin'), 90 * MINUTE, 'FarmB'),
      digestCall(each, common('department'), 90 * MINUTE),
      digestCall(each, common('user'), 90_000 * MINUTE),
    ]),
    lateCall(['job-failed'], 300 * MINUTE),
    lateCall(['job-completed'], 9_000 * MINUTE, 'FarmB'),
  ];
  const env = {
    AWS_PROFILE: 'nobody',
    AWS_REGION: 'eu-west-1',
    AWS_CONFIG_FILE: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
  };
  for (const call of new Set(calls.filter((each) => each !== undefined))) {
    const [name, ...args] = call.split(' ');
    expect(name).toBe('deadline-notifications');
    // Understood, but without credentials.
    expect([call, (await runInProcess(args, env)).code]).toEqual([call, 77]);
  }
});

test.for([
  ['job-failed', `job ${ID}`],
  ['task-failed', `tasks ${ID} --status Failed`],
  ['task-requeued', `history ${ID}`],
  ['job-completed', undefined],
  ['task-started', undefined],
])('%s: %s', ([transition, call]) => {
  expect(jobCall(transition as TransitionName, ID)).toBe(call && `deadline-notifications ${call}`);
});

test.for(['', '-h', 'a b', "a'b", 'a;b', '$(x)', 'a\nb', '../x', 'x'.repeat(101), 'é'])(
  'no call for the id %j',
  (id) => {
    expect(jobCall('job-failed', id)).toBeUndefined();
  },
);

test.for([
  [0, '15m'],
  [NaN, '15m'],
  [11 * MINUTE, '1h'],
  [31 * MINUTE, '2h'],
  [218 * MINUTE, '5h'],
  [3_000 * MINUTE, '3d'],
])('what is %d ms old: since %s', ([age, since]) => {
  expect(lateCall(['task-failed'], age as number)).toBe(
    `deadline-notifications failed --since ${since}`,
  );
});

test('what came late is looked for where it is', () => {
  expect(lateCall(['task-requeued', 'job-completed'], 0)).toMatch('jobs --since');
  expect(lateCall(['task-requeued'], 0)).toBeUndefined();
});
