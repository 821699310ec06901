import { expect, test } from 'vitest';
import {
  completedJob,
  failedJob,
  failedTasks,
  lateNotifications,
  payloadOf,
  sampleAlert,
  storm,
} from '../../../support/alerts-of-a-night.ts';

test('a job failed', () => {
  expect(payloadOf(failedJob(), 'email')).toEqual({
    subject: '[failures] Failed: sq040_sh0310_cache_v003, 7 of 41 tasks (fx-3)',
    text: `sq040_sh0310_cache_v003 failed at 01:47:23 EST on Nov 25: 7 of 41 tasks.
fx-3, Houdini, fx, ran 25:35, 12 errors

workers  render-035 x2, 5 others, one each
frames   1027-1040

deadline-notifications job 6b067e72f6ac6ffc9125246d
`,
  });
});

test('a topic gets the same', () => {
  expect(payloadOf(storm(), 'sns')).toEqual(payloadOf(storm(), 'email'));
});

test.for([
  [failedTasks(), '[failures] Failed: 12 tasks of sq090_sh0380_pyro_v025 (fx-2)'],
  [storm(), '[failures] Failed: 34 jobs, 121 tasks, Nuke in 31'],
  [completedJob(), '[done] Completed: sq060_sh0270_beauty_v006, 137 tasks (lighting-4)'],
  [lateNotifications(), '[failures] Late: 135 notifications'],
] as const)('subject of %#', ([message, subject]) => {
  expect(payloadOf(message, 'email').subject).toBe(subject);
});

test('a long name is cut in its middle; the counts stay, whose it is goes first', () => {
  const job = { ...failedJob().job, name: `sq040_${'x'.repeat(80)}_v003` };
  expect(payloadOf(failedJob({ job }), 'email').subject).toBe(
    `[failures] Failed: sq040_${'x'.repeat(44)}..._v003, 7 of 41 tasks (fx-3)`,
  );
  const user = 'u'.repeat(40);
  const long = failedJob({ alert: 'a'.repeat(40), job: { ...job, user } });
  expect(payloadOf(long, 'email').subject).toMatch(/^\[a{40}\] Failed: .*_v003, 7 of 41 tasks$/);
});

test('a subject is ASCII on one line; the text is not', () => {
  const job = { ...failedJob().job, name: 'Überblick\r\nBcc: x 😀\u202e' };
  const { subject, text } = payloadOf(failedJob({ job }), 'email');
  expect(subject).toBe('[failures] Failed: ?berblick Bcc: x ?, 7 of 41 tasks (fx-3)');
  expect(text).toMatch('Überblick Bcc: x 😀 failed at');
});

test('the words of an alert are the subject and the first line', () => {
  const alert = sampleAlert({ text: '{name} is done\nin {duration}' });
  const { subject, text } = payloadOf(completedJob(), 'email', alert);
  expect(subject).toBe('[done] sq060_sh0270_beauty_v006 is done in 7:18:20');
  expect(text).toBe(`sq060_sh0270_beauty_v006 is done in 7:18:20
lighting-4, Katana, sq060_sh0270_lighting, 2 errors on the way, 07:11:23 EST on Nov 25
`);
});

test('many jobs', () => {
  const { text } = payloadOf(storm(), 'email');
  expect(text).toMatch(
    `34 jobs failed at 05:31:08-05:32:00 EST on Nov 25: 121 tasks.

in common  Nuke in 31 of 34 jobs
workers    render-021 x9, 36 others
users      comp-1 x11, comp-4 x9, 6 others

sq090_sh0130_comp_v005      9 of 15
`,
  );
});
