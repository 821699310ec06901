import fc from 'fast-check';
import type {
  AlertMessage,
  DigestMessage,
  JobFacts,
  JobMessage,
  LateMessage,
} from '../../src/alerts/message/alert-message.ts';
import type { Alert } from '../../src/shared/alerts/alert.ts';
import { MESSAGE_FIELDS, type MessageTemplate } from '../../src/shared/alerts/message-template.ts';
import type { Transition } from '../../src/shared/history-entry.ts';
import { tallyOf } from '../../src/shared/tally.ts';
import { TRANSITIONS, type TransitionName } from '../../src/shared/transitions.ts';
import { jobTransition, taskTransition } from './transition-samples.ts';

/** What could ping, break, reorder, or exceed something. */
const ODD = [
  ...['<!channel>', '<@U02FX3AAAA>', '@everyone', '@here', '<@&1>', '<at>Ana</at>', '&amp;'],
  ...['"', "'", '\\', '`', '```', '{', '}}', '{name}', '$(reboot)', '; rm -rf /', '../..'],
  ...['\n', '\r\nBcc: x@y.z', '\u2028', '\u0000', '\u001b[31m', '\u202e', '\u2066', '\u200f'],
  ...[
    '😀',
    '👩‍🚀',
    '\ud83d',
    '\ude00',
    'é',
    '漢字',
    'שלום',
    '\u200d',
    '\ufeff',
    '\uffff',
    '\u3164',
  ],
  ...['*b* _i_ ~s~', '[x](https://a.b/c)', '# h', '> q', '- l', '||s||', ' ', '', '…', ' ×2'],
  ...[
    'x'.repeat(10_000),
    '😀'.repeat(5_000),
    '<'.repeat(10_000),
    '\\'.repeat(300),
    'a_b_'.repeat(99),
  ],
];
const PLAIN = ['sq040_sh0310_cache_v003', 'render-035', 'fx-3', 'Houdini', '1027-1040'];

/** Of any code points. Like fast-check's strings of the unit `binary`, which take 2 s to begin. */
export const anyText = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 60 })
  .map((codes) => String.fromCodePoint(...codes));

export const oddText = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...PLAIN) },
  { weight: 3, arbitrary: fc.constantFrom(...ODD) },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.constantFrom(...ODD, ...PLAIN), { minLength: 2, maxLength: 4 })
      .map((all) => all.join('')),
  },
  { weight: 1, arbitrary: anyText },
);

const perhaps = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const transitionName = fc.constantFrom<TransitionName>(...TRANSITIONS);
const count = fc.oneof(
  fc.nat({ max: 50 }),
  fc.constantFrom(0, 1, 10_000, 999_999, Number.MAX_SAFE_INTEGER),
);
const time = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2027-12-31') });
const tally = fc
  .array(fc.tuple(oddText, fc.integer({ min: 1, max: 10_000 })), { maxLength: 15 })
  .map((all) => tallyOf(new Map(all)));
const counts = fc
  .array(fc.tuple(transitionName, count), { maxLength: 10 })
  .map((all) => new Map(all));

const job: fc.Arbitrary<JobFacts> = fc.record({
  id: fc.oneof(fc.constant('6b067e72f6ac6ffc9125246d'), oddText),
  name: perhaps(oddText),
  user: perhaps(oddText),
  department: perhaps(oddText),
  plugin: perhaps(oddText),
  pool: perhaps(oddText),
  batch: perhaps(oddText),
  tasks: perhaps(count),
  from: fc.constantFrom('this stop', 'an earlier stop', 'nowhere'),
});

const told = fc.record({
  alert: fc.constantFrom('failures', 'a'.repeat(40)),
  begin: time,
  ms: count,
});

function transitionsOf(transition: TransitionName, text: string): Transition[] {
  return transition.startsWith('job-')
    ? [jobTransition({ transition, name: text, user: text })]
    : [taskTransition({ transition, worker: text, reason: text, frames: text })];
}

const toTold = ({ begin, ms, ...others }: { alert: string; begin: number; ms: number }) => ({
  ...others,
  begin,
  end: begin + Math.min(ms, 10 ** 9),
});

const jobMessage: fc.Arbitrary<JobMessage> = fc
  .record({
    told: told.map(toTold),
    transition: transitionName,
    job,
    count: perhaps(count),
    also: counts,
    frames: oddText,
    workers: tally,
    reason: oddText,
    errors: perhaps(count),
    ran: perhaps(count),
  })
  .map(({ told, ...fields }) => ({
    kind: 'job',
    transitions: transitionsOf(fields.transition, fields.reason),
    ...told,
    ...fields,
  }));

const digestMessage: fc.Arbitrary<DigestMessage> = fc
  .record({
    told: told.map(toTold),
    transition: transitionName,
    counts,
    tasks: count,
    worst: fc.array(fc.record({ job, tasks: count }), { maxLength: 10 }),
    more: fc.record({ jobs: count, tasks: count }),
    common: perhaps(
      fc.record({
        field: fc.constantFrom('plugin', 'user', 'department', 'worker'),
        value: oddText,
        jobs: count,
      }),
    ),
    workers: tally,
    users: tally,
  })
  .map(({ told, ...fields }) => ({
    kind: 'digest',
    transitions: transitionsOf(fields.transition, 'x'),
    ...told,
    ...fields,
    counts: new Map([[fields.transition, 12] as const, ...fields.counts]),
  }));

const lateMessage: fc.Arbitrary<LateMessage> = fc
  .record({ told: told.map(toTold), counts })
  .map(({ told, counts }) => ({
    kind: 'late',
    transitions: transitionsOf('task-failed', 'x'),
    ...told,
    counts,
  }));

export const oddMessage: fc.Arbitrary<AlertMessage> = fc.oneof(
  { weight: 4, arbitrary: jobMessage },
  { weight: 2, arbitrary: digestMessage },
  { weight: 1, arbitrary: lateMessage },
);

const template: fc.Arbitrary<MessageTemplate> = fc.array(
  fc.oneof(
    oddText,
    fc.constantFrom(...MESSAGE_FIELDS).map((field) => ({ field })),
  ),
  { minLength: 1, maxLength: 6 },
);

/** Nobody to mention, so that whoever is called is called by a value. */
export const oddAlert: fc.Arbitrary<Alert> = fc.record({
  name: fc.constant('failures'),
  when: fc.constant([]),
  filters: fc.constant({}),
  to: fc.constant([]),
  message: fc.option(template, { nil: undefined, freq: 2 }),
  mention: fc.constant(new Map()),
});
