import { App, CfnParameter, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { alertsOf, channelsOf } from '../../../lib/alerts/alert-setting.ts';
import { configure, fromContext } from '../../../lib/configuration.ts';
import type { AlertProps } from '../../../lib/index.ts';
import { ALERT_FILTERS } from '../../../src/shared/alerts/alert.ts';
import { TRANSITIONS } from '../../../src/shared/transitions.ts';

const to = 'log';
const ALERT: AlertProps = { name: 'failures', when: 'job-failed', to };
const alert = (changed: object) => [{ ...ALERT, ...changed }];

test('the types of the construct have every transition and every filter', () => {
  const filters = Object.fromEntries(ALERT_FILTERS.map((name) => [name, '*']));
  const all: AlertProps = { name: 'all', when: TRANSITIONS, to, ...filters };
  expect(configure({ alerts: [all] }).alerts).toEqual([all]);
  const none: Required<AlertProps> = {
    ...{ ...ALERT, message: '{name}', mention: { anna: 'U02FX3AAAA' } },
    ...{ job: 'a', user: 'b', department: 'c', plugin: 'd', pool: 'e', batch: 'f' },
    worker: 'g',
  };
  const optional = Object.keys(none).filter((name) => !(name in ALERT));
  expect(optional.sort()).toEqual([...ALERT_FILTERS, 'message', 'mention'].sort());
});

test.for([
  [undefined, 'off'],
  [[], 'off'],
  [alert({ when: ['job-failed', 'job-completed', 'task-failed', 'task-requeued'] }), 'problems'],
  [alert({ when: ['job-deleted', 'job-suspended', 'task-suspended'] }), 'problems'],
  [alert({ when: 'task-started' }), 'all'],
  [alert({ when: ['job-failed', 'task-completed'] }), 'all'],
  [[...alert({}), { name: 'b', when: 'task-stopped', to }], 'all'],
] as const)('%j need at least the history at %s', ([alerts, level]) => {
  const given = alerts as readonly AlertProps[];
  expect(configure({ alerts: given }).history).toBe(level);
  expect(configure({ alerts: given, history: 'all' }).history).toBe('all');
  const problems = configure({ alerts: given, history: 'problems' }).history;
  expect(problems).toBe(level === 'all' ? 'all' : 'problems');
  const events = configure({ alerts: given, events: 'on' }).history;
  expect(events).toBe(level === 'off' ? 'problems' : level);
});

describe('is refused, by its entry and its field,', () => {
  test.for([
    ['failures', 'must be a list of objects; after -c, as JSON'],
    ['[{"name":"failures"', 'must be a list of objects; after -c, as JSON'],
    [{}, 'must be a list of objects'],
    [null, 'must be a list of objects'],
    [[1], 'entry 1: must be an object, not 1'],
    [alert({ when: 'job-faild' }), '"failures": when: job-faild is no transition (did you mean'],
    [alert({ mesage: 'x' }), '"failures": mesage is no field (did you mean message?)'],
    [alert({ to: ['log', 'irc:#farm'] }), '"failures": to: irc:#farm is no channel'],
    [alert({ message: '{nam}' }), '"failures": message has {nam}, which is no field'],
    [alert({ worker: 'render-*' }), '"failures": worker fits nothing'],
    [[...alert({}), ...alert({})], '"failures": name is that of an earlier entry'],
  ] as const)('%j', ([alerts, problem]) => {
    for (const props of [{ alerts }, fromContext({ alerts }).props]) {
      expect(() => configure(props as object)).toThrow(`Configuration: alerts ${problem}`);
    }
  });

  test('each along with other settings, and no secret is repeated', () => {
    const secret = 'https://hooks.slack.com/services/T0/B0/x';
    const alerts = [
      ...alert({ when: 'x' }),
      { name: 'b', when: 'job-failed', to: `slack:${secret}` },
    ];
    const configured = () => configure({ alerts, memoryMiB: 1 } as object);
    expect(configured).toThrow(/alerts "failures": when: .*; alerts "b": to: slack:… has a URL/);
    expect(configured).toThrow('memoryMiB must be');
    for (const wrong of [alerts, JSON.stringify(alerts).slice(1)]) {
      expect(() => configure(fromContext({ alerts: wrong }).props)).not.toThrow(/services/);
    }
  });
});

describe('a token anywhere', () => {
  const parameter = new CfnParameter(new Stack(new App(), 'Farm'), 'Farm', { type: 'String' });
  const { valueAsString: token } = parameter;

  test.for([
    Token.asAny({ Ref: 'Alerts' }),
    Lazy.any({ produce: () => [] }),
    Fn.split(',', token),
    [Token.asAny({ Ref: 'Alert' })],
    alert({ name: `of ${token}` }),
    alert({ to: ['log', `email:${token}`] }),
    alert({ to: Fn.split(',', token) }),
    alert({ user: ['anna', ...Fn.split(',', token)] }),
    alert({ mention: { [token]: 'U1' } }),
    alert({ mention: { anna: Fn.importValue('Anna') } }),
  ])('is refused, as they are a file of the function: %#', (alerts) => {
    expect(() => configure({ alerts } as object)).toThrow(
      'Configuration: alerts must be known when the app is synthesized, so it cannot be a token, such as the value of a CfnParameter.',
    );
  });
});

test('a channel of several alerts is one', () => {
  const alerts = alertsOf([
    ...alert({ to: ['slack:/a', 'email:a@example.com', 'log'] }),
    { ...ALERT, name: 'b', to: ['email:b@example.com', 'slack:/a', 'discord:/d'] },
  ]);
  const texts = (channels: readonly { text: string }[]) => channels.map(({ text }) => text);
  expect(texts(channelsOf(alerts, 'email'))).toEqual([
    'email:a@example.com',
    'email:b@example.com',
  ]);
  expect(texts(channelsOf(alerts, 'slack', 'discord', 'teams'))).toEqual([
    'slack:/a',
    'discord:/d',
  ]);
});
