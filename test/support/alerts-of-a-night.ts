import type {
  AlertMessage,
  DigestMessage,
  JobFacts,
  JobMessage,
  LateMessage,
} from '../../src/alerts/message/alert-message.ts';
import { type MessageView, renderMessage } from '../../src/alerts/render/render-message.ts';
import type { Alert } from '../../src/shared/alerts/alert.ts';
import { type Channel, parseChannel } from '../../src/shared/alerts/channel.ts';
import { type MessageTemplate, parseTemplate } from '../../src/shared/alerts/message-template.ts';
import { tallyOf } from '../../src/shared/tally.ts';
import { jobTransition, taskTransition } from './transition-samples.ts';

/** The samples of the design: a night of a studio in New York, in clock times of its time zone. */
export const NIGHT: MessageView = {
  timeZone: 'America/New_York',
  stackName: undefined,
  now: Date.parse('2026-11-25T06:48:00Z'),
};

export const CHANNELS = Object.fromEntries(
  [
    'slack:/deadline/slack-webhook',
    'teams:/deadline/teams',
    'discord:/deadline/discord',
    'email:wranglers@example.com',
    'sns:arn:aws:sns:eu-west-1:123456789012:Alerts',
    'webhook:/deadline/hook',
    'log',
  ].map((text) => [text.split(':')[0], parseChannel(text)]),
) as Record<Channel['kind'], Channel>;

export function sampleAlert(fields: Partial<Alert> & { readonly text?: string } = {}): Alert {
  const { text, ...others } = fields;
  return {
    name: 'failures',
    when: [],
    filters: {},
    to: [],
    message: text === undefined ? undefined : (parseTemplate(text) as MessageTemplate),
    mention: new Map([
      ['fx-3', ['ana.ruiz@example.com', '112233445566778899', 'U02FX3AAAA']],
      ['lighting-4', ['U02LGT4BBB']],
    ]),
    ...others,
  };
}

const FX: JobFacts = {
  id: '6b067e72f6ac6ffc9125246d',
  name: 'sq040_sh0310_cache_v003',
  user: 'fx-3',
  department: 'fx',
  plugin: 'Houdini',
  pool: 'fx',
  batch: undefined,
  tasks: 41,
  from: 'this stop',
};

export function failedJob(fields: Partial<JobMessage> = {}): JobMessage {
  const at = '2026-11-25T06:47:23.632Z';
  return {
    kind: 'job',
    alert: 'failures',
    transitions: [jobTransition({ at, transition: 'job-failed', status: 'Failed' })],
    begin: Date.parse(at),
    end: Date.parse(at),
    transition: 'job-failed',
    job: FX,
    count: 7,
    also: new Map(),
    frames: '1027-1040',
    workers: tallyOf(
      new Map([
        ['render-035', 2],
        ...['017', '019', '024', '034', '036'].map((each) => [`render-${each}`, 1] as const),
      ]),
    ),
    reason: '',
    errors: 12,
    ran: 25 * 60_000 + 35_342,
    ...fields,
  };
}

/** Twelve tasks of a job that goes on, on as many workers. */
export function failedTasks(fields: Partial<JobMessage> = {}): JobMessage {
  const begin = Date.parse('2026-11-25T00:57:25Z');
  const transitions = Array.from({ length: 12 }, (_, index) =>
    taskTransition({
      id: `6b063067776fba2184befbd0/${index}`,
      at: new Date(begin + index * 5_000).toISOString(),
      job: '6b063067776fba2184befbd0',
    }),
  );
  return failedJob({
    transitions,
    begin,
    end: begin + 58_000,
    transition: 'task-failed',
    job: {
      ...FX,
      id: '6b063067776fba2184befbd0',
      name: 'sq090_sh0380_pyro_v025',
      user: 'fx-2',
      batch: 'sq090_sh0380_fx',
      tasks: 71,
      from: 'an earlier stop',
    },
    count: 12,
    frames: '17-18, 25-26, 33-52',
    workers: tallyOf(
      new Map(Array.from({ length: 12 }, (_, index) => [`render-0${index + 10}`, 1] as const)),
    ),
    errors: undefined,
    ran: undefined,
    ...fields,
  });
}

export function completedJob(fields: Partial<JobMessage> = {}): JobMessage {
  const at = '2026-11-25T12:11:23.000Z';
  return failedJob({
    alert: 'done',
    transitions: [jobTransition({ at })],
    begin: Date.parse(at),
    end: Date.parse(at),
    transition: 'job-completed',
    job: {
      ...FX,
      name: 'sq060_sh0270_beauty_v006',
      user: 'lighting-4',
      plugin: 'Katana',
      department: 'lighting',
      batch: 'sq060_sh0270_lighting',
      tasks: 137,
    },
    count: 0,
    frames: '',
    workers: [],
    errors: 2,
    ran: 7 * 3_600_000 + 18 * 60_000 + 20_000,
    ...fields,
  });
}

const WORST = [
  ['sq090_sh0130_comp_v005', 9, 15],
  ['sq120_sh0040_comp_v011', 8, 30],
  ['sq120_sh0050_comp_v009', 8, 30],
  ['sq050_sh0200_comp_v028', 6, 18],
  ['sq120_sh0070_slapcomp_v002', 6, 44],
  ['sq120_sh0080_slapcomp_v001', 5, 44],
  ['sq070_sh0010_slapcomp_v021', 5, 46],
  ['sq020_sh0350_slapcomp_v024', 4, 25],
  ['sq120_sh0110_comp_v014', 4, 61],
  ['sq120_sh0120_comp_v006', 3, 61],
] as const;

/** 34 jobs that failed in a minute. */
export function storm(fields: Partial<DigestMessage> = {}): DigestMessage {
  const begin = Date.parse('2026-11-25T10:31:08Z');
  return {
    kind: 'digest',
    alert: 'failures',
    transitions: WORST.map(([name], index) =>
      jobTransition({ id: `storm/${index}`, name, transition: 'job-failed', status: 'Failed' }),
    ),
    begin,
    end: begin + 52_000,
    transition: 'job-failed',
    counts: new Map([['job-failed', 34]]),
    tasks: 121,
    worst: WORST.map(([name, tasks, all]) => ({ job: { ...FX, name, tasks: all }, tasks })),
    more: { jobs: 24, tasks: 63 },
    common: { field: 'plugin', value: 'Nuke', jobs: 31 },
    workers: tallyOf(
      new Map(
        Array.from({ length: 37 }, (_, index) => [
          `render-${String(index + 21).padStart(3, '0')}`,
          index === 0 ? 9 : 2 + (index % 3),
        ]),
      ),
    ),
    users: tallyOf(
      new Map([
        ['comp-1', 11],
        ['comp-4', 9],
        ...[2, 3, 5, 6, 7, 8].map((each) => [`comp-${each}`, 2] as const),
      ]),
    ),
    ...fields,
  };
}

export function lateNotifications(fields: Partial<LateMessage> = {}): LateMessage {
  return {
    kind: 'late',
    alert: 'failures',
    transitions: [jobTransition(), taskTransition()],
    begin: Date.parse('2026-11-25T03:10:12Z'),
    end: Date.parse('2026-11-25T06:40:59Z'),
    counts: new Map([
      ['job-failed', 6],
      ['task-failed', 41],
      ['job-completed', 88],
    ]),
    ...fields,
  };
}

/** The payload of a message that is one. */
export function payloadOf(
  message: AlertMessage,
  kind: Channel['kind'],
  alert: Alert = sampleAlert(),
  view: MessageView = NIGHT,
  // biome-ignore lint/suspicious/noExplicitAny: JSON, whose parts tests pick
): any {
  const [rendered] = renderMessage(message, alert, CHANNELS[kind], view);
  return JSON.parse(JSON.stringify(rendered?.payload));
}
