import { expect, test } from 'vitest';
import { parseAlerts } from '../../../../src/shared/alerts/alert.ts';

const LEAST = { name: 'failures', when: 'job-failed', to: 'log' };

/** What is wrong with entries. */
function problemsOf(...entries: readonly unknown[]): readonly string[] {
  const parsed = parseAlerts(entries);
  return 'problems' in parsed ? parsed.problems : [];
}

test('an entry is an alert; texts and lists of texts are the same', () => {
  const entry = {
    name: 'failures',
    when: ['job-failed', 'task-failed', 'job-failed'],
    department: ['lighting', 'fx'],
    user: 'anna*',
    to: ['slack:/deadline/slack-webhook', 'log', 'log'],
    message: '{name} is done {{x}}',
    mention: { anna: 'U02FX3AAAA', ben: ['112233445566778899', 'ben@example.com'] },
  };
  expect(parseAlerts([entry])).toEqual({
    alerts: [
      {
        name: 'failures',
        when: ['job-failed', 'task-failed'],
        filters: { user: ['anna*'], department: ['lighting', 'fx'] },
        to: [
          {
            kind: 'slack',
            text: 'slack:/deadline/slack-webhook',
            url: '/deadline/slack-webhook',
          },
          { kind: 'log', text: 'log' },
        ],
        message: [{ field: 'name' }, ' is done ', '{', 'x', '}'],
        mention: new Map([
          ['anna', ['U02FX3AAAA']],
          ['ben', ['112233445566778899', 'ben@example.com']],
        ]),
      },
    ],
  });
  expect(parseAlerts([])).toEqual({ alerts: [] });
});

test.for<[problem: string, entry: unknown]>([
  ['entry 1: must be an object, not 5', 5],
  ['entry 1: must be an object, not null', null],
  ['"a": when is missing', { name: 'a', to: 'log' }],
  ['entry 1: name is missing', { when: 'job-failed', to: 'log' }],
  ['entry 1: name must be letters, digits', { ...LEAST, name: '' }],
  [`"${'n'.repeat(41)}": name must have at most 40 characters`, { ...LEAST, name: 'n'.repeat(41) }],
  ['"failures": when is empty', { ...LEAST, when: [] }],
  ['"failures": when: entry 1 is empty', { ...LEAST, when: ' ' }],
  [
    '"failures": when: job-fail is no transition (did you mean job-failed?)',
    { ...LEAST, when: ['task-failed', 'job-fail'] },
  ],
  ['"failures": when: done is no transition (known: job-completed, ', { ...LEAST, when: 'done' }],
  ['"failures": when must be a text or a list of texts, not 1', { ...LEAST, when: 1 }],
  ['"failures": users is no field (did you mean user?)', { ...LEAST, users: 'anna' }],
  ['"failures": user is empty', { ...LEAST, user: [] }],
  ['"failures": user: entry 2 is empty', { ...LEAST, user: ['anna', ''] }],
  [
    '"failures": worker fits nothing: only transitions of tasks have one',
    { ...LEAST, worker: 'render-*' },
  ],
  ['"failures": message is empty', { ...LEAST, message: ' ' }],
  [
    '"failures": message has {nam}, which is no field (did you mean name?)',
    { ...LEAST, message: '{nam}' },
  ],
  ['"failures": message has a { without its other half', { ...LEAST, message: 'a {name' }],
  ['"failures": mention must be an object: ids by users, not "U02"', { ...LEAST, mention: 'U02' }],
  [
    '"failures": mention: anna must be a text or a list of texts, not 3',
    { ...LEAST, mention: { anna: 3 } },
  ],
  [
    '"failures": mention: anna: bob is no id: write a member id of Slack (U…)',
    { ...LEAST, mention: { anna: ['U02FX3AAAA', 'bob'] } },
  ],
  ['"failures": to is empty', { ...LEAST, to: [] }],
  [
    '"failures": to must have at most 10 channels',
    { ...LEAST, to: Array.from({ length: 11 }, (_, index) => `slack:/s${index}`) },
  ],
  ['"failures": to: fax:1 is no channel: write slack:, ', { ...LEAST, to: 'fax:1' }],
])('%s', ([problem, entry]) => {
  expect(problemsOf(entry)).toEqual([expect.stringContaining(`alerts: ${problem}`)]);
});

test('a name is taken once, and all problems are told', () => {
  const again = { ...LEAST, name: 'Failures' };
  expect(problemsOf(LEAST, { ...LEAST, to: 'fax' }, again)).toEqual([
    expect.stringContaining('alerts: "failures": to: fax is no channel'),
    'alerts: "Failures": name is that of an earlier entry, in any case',
  ]);
  expect(parseAlerts({})).toEqual({ problems: ['alerts must be a list of objects'] });
});

test('a secret is not repeated, wherever it is written', () => {
  const secret = 'https://hooks.slack.com/services/T0/B0/secret';
  const problems = problemsOf(
    ...['slack', 'teams', 'discord', 'webhook', 'fax', 'SLACK'].map((kind, index) => ({
      ...LEAST,
      ...{ name: `a${index}`, to: `${kind}:${secret}` },
    })),
    { ...LEAST, to: secret },
  );
  expect(problems).toHaveLength(7);
  expect(problems.join()).not.toContain('services');
  expect(problems.at(-1)).toContain('Then write slack:/deadline/slack');
  expect(problems[0]).toContain(
    'to: slack:… has a URL, which is a secret. Store it: aws ssm put-parameter --type SecureString ' +
      '--name /deadline/slack --value <URL>. Then write slack:/deadline/slack',
  );
});
