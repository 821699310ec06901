import { expect, test } from 'vitest';
import { parseTemplate } from '../../../../src/shared/alerts/message-template.ts';
import {
  completedJob,
  failedJob,
  failedTasks,
  lateNotifications,
  NIGHT,
  payloadOf,
  sampleAlert,
  storm,
} from '../../../support/alerts-of-a-night.ts';
import { payloadBreaches } from '../../../support/channel-schemas.ts';

const section = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});
const preformatted = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
});
const context = (text: string) => ({
  type: 'context',
  elements: [{ type: 'plain_text', text, emoji: false }],
});
const emoji = (name: string) => ({ type: 'emoji', name });
const text = (text: string, style?: string) =>
  style ? { type: 'text', text, style: { [style]: true } } : { type: 'text', text };

test('a job failed', () => {
  const payload = payloadOf(failedJob(), 'slack');
  expect(payload).toEqual({
    text: 'Failed: sq040_sh0310_cache_v003, 7 of 41 tasks (fx-3, Houdini), frames 1027-1040, on render-035 ×2, 5 others, one each',
    unfurl_links: false,
    blocks: [
      section(
        emoji('octagonal_sign'),
        text(' '),
        text('sq040_sh0310_cache_v003', 'bold'),
        text(' failed: 7 of 41 tasks  '),
        { type: 'user', user_id: 'U02FX3AAAA' },
      ),
      section(
        text(
          'fx-3 · Houdini · fx · ran 25:35 · 12 errors · 01:47:23 EST\n' +
            'workers  render-035 ×2, 5 others, one each\nframes  ',
        ),
        text('1027-1040', 'code'),
      ),
      preformatted('deadline-notifications job 6b067e72f6ac6ffc9125246d'),
      context('alert failures · job 6b067e72f6ac6ffc9125246d'),
    ],
  });
  expect(payloadBreaches('slack', payload)).toBeUndefined();
});

test('twelve tasks of one job', () => {
  const payload = payloadOf(failedTasks(), 'slack');
  expect(payload).toEqual({
    text: 'Failed: 12 tasks of sq090_sh0380_pyro_v025 (fx-2), frames 17-18, 25-26, 33-52, on 12 workers, one task each',
    unfurl_links: false,
    blocks: [
      section(
        emoji('octagonal_sign'),
        text(' 12 of 71 tasks of '),
        text('sq090_sh0380_pyro_v025', 'bold'),
        text(' failed in 58 s; the job goes on'),
      ),
      section(
        text(
          'fx-2 · Houdini · sq090_sh0380_fx · 19:57:25-19:58:23 EST\n' +
            'workers  12 workers, one task each\nframes  ',
        ),
        text('17-18, 25-26, 33-52', 'code'),
      ),
      preformatted('deadline-notifications tasks 6b063067776fba2184befbd0 --status Failed'),
      context('alert failures · job 6b063067776fba2184befbd0 · name and user from its last stop'),
    ],
  });
  expect(payloadBreaches('slack', payload)).toBeUndefined();
});

test('34 jobs failed in a minute', () => {
  const payload = payloadOf(storm(), 'slack');
  expect(payload).toEqual({
    text: 'Failed: 34 jobs in 52 s, 121 tasks; Nuke 31 jobs, 3 others; render-021 ×9, 36 others',
    unfurl_links: false,
    blocks: [
      section(
        emoji('octagonal_sign'),
        text(' '),
        text('34 jobs failed', 'bold'),
        text(' in 52 s: 121 tasks, 05:31:08-05:32:00 EST'),
      ),
      section(
        text('in common  '),
        text('Nuke in 31 of 34 jobs', 'bold'),
        text('\nworkers  render-021 ×9, 36 others\nusers  comp-1 ×11, comp-4 ×9, 6 others'),
      ),
      preformatted(
        'sq090_sh0130_comp_v005      9 of 15\nsq120_sh0040_comp_v011      8 of 30\nsq120_sh0050_comp_v009      8 of 30\nsq050_sh0200_comp_v028      6 of 18\nsq120_sh0070_slapcomp_v002  6 of 44\nsq120_sh0080_slapcomp_v001  5 of 44\nsq070_sh0010_slapcomp_v021  5 of 46\nsq020_sh0350_slapcomp_v024  4 of 25\nsq120_sh0110_comp_v014      4 of 61\nsq120_sh0120_comp_v006      3 of 61\n24 more jobs, 63 tasks',
      ),
      preformatted('deadline-notifications failed --since 15m --by plugin'),
      context('alert failures · one message for all, as more than ten jobs failed at once'),
    ],
  });
  expect(payloadBreaches('slack', payload)).toBeUndefined();
});

test('completed: nobody has to act, so there is no command', () => {
  const payload = payloadOf(completedJob(), 'slack');
  expect(payload).toEqual({
    text: 'Completed: sq060_sh0270_beauty_v006, 137 tasks (lighting-4), in 7:18:20',
    unfurl_links: false,
    blocks: [
      section(
        emoji('heavy_check_mark'),
        text(' '),
        text('sq060_sh0270_beauty_v006', 'bold'),
        text(' completed: 137 tasks in 7:18:20, none failed  '),
        { type: 'user', user_id: 'U02LGT4BBB' },
      ),
      section(
        text('lighting-4 · Katana · sq060_sh0270_lighting · 2 errors on the way · 07:11:23 EST'),
      ),
    ],
  });
  expect(payloadBreaches('slack', payload)).toBeUndefined();
});

test('over an hour late: one line', () => {
  const payload = payloadOf(lateNotifications(), 'slack');
  expect(payload).toEqual({
    text: 'Late: 135 notifications from Nov 24 22:10 to Nov 25 01:40 EST came just now',
    unfurl_links: false,
    blocks: [
      section(
        text('Late: ', 'bold'),
        text(
          'what was sent from Nov 24 22:10 to Nov 25 01:40 EST came just now: ' +
            '6 jobs failed, 41 tasks failed, 88 jobs completed. ',
        ),
        text('deadline-notifications failed --since 5h', 'code'),
      ),
    ],
  });
  expect(payloadBreaches('slack', payload)).toBeUndefined();
});

const UNKNOWN = {
  ...{ name: undefined, user: undefined, plugin: undefined, department: undefined },
  ...{ pool: undefined, batch: undefined, tasks: undefined },
};

test('a job that has not stopped yet has no name and no line for its user', () => {
  const job = { ...UNKNOWN, id: '6b067e72f6ac6ffc9125246d', from: 'nowhere' as const };
  const payload = payloadOf(failedTasks({ job, count: 4, workers: [], frames: '' }), 'slack');
  expect(payload.text).toBe('Failed: 4 tasks of 6b067e72f6ac6ffc9125246d (named when it stops)');
  expect(payload.blocks.slice(0, 2)).toEqual([
    section(
      emoji('octagonal_sign'),
      text(' 4 tasks of '),
      text('6b067e72f6ac6ffc9125246d', 'bold'),
      text(' failed in 58 s; named when it stops, 19:57:25-19:58:23 EST'),
    ),
    preformatted('deadline-notifications tasks 6b067e72f6ac6ffc9125246d --status Failed'),
  ]);
});

test('in the preview, entities are for what means something; nobody is called', () => {
  const job = { ...failedJob().job, name: '<!channel> & @everyone', user: '<@U02FX3AAAA>' };
  const payload = payloadOf(failedJob({ job }), 'slack');
  expect(payload.text).toMatch(
    /^Failed: &lt;!channel&gt; &amp; @\u200beveryone, 7 of 41 tasks \(&lt;@\u200bU02FX3AAAA&gt;/,
  );
  expect(payload.blocks[0].elements[0].elements[2]).toEqual(text(job.name, 'bold'));
  expect(JSON.stringify(payload)).not.toContain('"user"');
});

test('the words of an alert come first, then its preview', () => {
  const alert = sampleAlert({ text: '{name} is <b>done</b>: {tasks} tasks in {duration}{pool}' });
  const done = completedJob();
  const payload = payloadOf({ ...done, job: { ...done.job, pool: undefined } }, 'slack', alert);
  const own = 'sq060_sh0270_beauty_v006 is <b>done</b>: 137 tasks in 7:18:20–';
  expect(payload.text).toBe(
    'sq060_sh0270_beauty_v006 is &lt;b&gt;done&lt;/b&gt;: 137 tasks in 7:18:20–\n' +
      'Completed: sq060_sh0270_beauty_v006, 137 tasks (lighting-4), in 7:18:20',
  );
  expect(payload.blocks[0]).toEqual(
    section(emoji('heavy_check_mark'), text(` ${own}  `), { type: 'user', user_id: 'U02LGT4BBB' }),
  );
  expect(payloadOf(storm(), 'slack', alert)).toEqual(payloadOf(storm(), 'slack'));
});

test.for(['job-suspended', 'job-deleted', 'task-failed', 'task-completed'] as const)(
  'of %s, nobody is called',
  (transition) => {
    const payload = payloadOf(failedJob({ transition }), 'slack');
    expect(JSON.stringify(payload)).not.toContain('"user"');
  },
);

test('a command is for this stack, and only where a shell takes the id as it is', () => {
  const view = { ...NIGHT, stackName: 'FarmB' };
  const payload = payloadOf(failedJob(), 'slack', sampleAlert(), view);
  const command = 'deadline-notifications job 6b067e72f6ac6ffc9125246d --stack FarmB';
  expect(payload.blocks[2]).toEqual(preformatted(command));

  const job = { ...failedJob().job, id: "$(reboot) 'x'" };
  const odd = payloadOf(failedJob({ job }), 'slack');
  expect(JSON.stringify(odd)).not.toContain('deadline-notifications');
  expect(odd.blocks.at(-1)).toEqual(context("alert failures · job $(reboot) 'x'"));
});

test.for([
  ['task-requeued', 'Requeued: 12 requeues of sq090', ' 12 requeues of ', ' in 58 s'],
  ['task-started', 'Started: 12 tasks of sq090', ' 12 of 71 tasks of ', ' started in 58 s'],
  ['task-completed', 'Completed: 12 tasks of sq090', ' 12 of 71 tasks of ', ' completed in 58 s'],
  ['task-suspended', 'Suspended: 12 tasks of sq090', ' 12 of 71 tasks of ', ' suspended in 58 s'],
  ['task-stopped', 'Stopped: 12 tasks of sq090', ' 12 of 71 tasks of ', ' stopped in 58 s'],
] as const)('%s', ([transition, preview, before, after]) => {
  const all = failedTasks().transitions.map((each) => ({ ...each, transition }));
  const payload = payloadOf(failedTasks({ transition, transitions: all }), 'slack');
  expect(payload.text).toMatch(preview);
  const [{ elements }] = payload.blocks[0].elements;
  expect([elements[1], elements[3]]).toEqual([text(before), text(after)]);
  expect(payloadBreaches('slack', payload)).toBeUndefined();
});

test('what else became of tasks, and why', () => {
  const also = new Map([['task-suspended', 12] as const, ['task-requeued', 3] as const]);
  const payload = payloadOf(failedJob({ also, reason: 'No license' }), 'slack');
  expect(payload.blocks[1].elements[0].elements[0].text).toContain(
    'one each\nreason  No license\nalso  12 tasks suspended, 3 requeued\nframes  ',
  );
});

test('many jobs in different states', () => {
  const counts = new Map([
    ['job-failed', 6] as const,
    ['task-failed', 28] as const,
    ['job-completed', 1] as const,
  ]);
  const payload = payloadOf(storm({ counts, common: undefined, tasks: 0 }), 'slack');
  expect(payload.text).toMatch(
    'Failed: 6 jobs, tasks of 28 others failed, 1 job completed in 52 s; render-021 ×9',
  );
  expect(payload.blocks.at(-1)).toEqual(
    context('alert failures · one message for all, as more than ten jobs changed at once'),
  );
});

test('a template needs no field', () => {
  expect(parseTemplate('done')).toEqual(['done']);
  const payload = payloadOf(completedJob(), 'slack', sampleAlert({ text: 'done' }));
  expect(payload.text).toMatch(/^done\nCompleted: sq060/);
});

test('many ranges of frames leave room in the preview for the workers', () => {
  const frames = Array.from({ length: 90 }, (_, index) => `${1_000 + 2 * index}`).join(', ');
  const payload = payloadOf(failedJob({ frames }), 'slack');
  expect(payload.text).toMatch(/, … 75 more, on render-035 ×2, 5 others, one each$/);
  expect(payload.blocks[1].elements[0].elements[1].text).toMatch(/, … 42 more$/);
});

test('tasks of a job that stopped meanwhile: it does not go on', () => {
  const job = { ...failedTasks().job, from: 'this stop' as const };
  const payload = payloadOf(failedTasks({ job }), 'slack');
  expect(payload.blocks[0].elements[0].elements.at(-1)).toEqual(text(' failed in 58 s'));
  expect(payload.blocks.at(-1)).toEqual(context('alert failures · job 6b063067776fba2184befbd0'));
});

test('the time of a job’s stop is that of the stop, not of the tasks that failed before it', () => {
  const { transitions, end } = failedJob();
  const before = failedTasks().transitions;
  const after = failedTasks({ transition: 'task-requeued' }).transitions.slice(0, 1);
  const message = failedJob({
    transitions: [...before, ...transitions, ...after],
    begin: end - 60_000,
    end: end + 5_000,
  });
  const at = '2026-11-25T06:47:23.632Z';
  expect(payloadOf(message, 'discord').embeds[0].timestamp).toBe(at);
  expect(payloadOf(message, 'log').at).toBe(at);
  const payload = payloadOf(message, 'slack');
  expect(payload.blocks[1].elements[0].elements[0].text).toMatch(/ · 12 errors · 01:47:23 EST\n/);
});
