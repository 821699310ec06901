import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readAlertsFile } from '../../../../src/local/alerts/alerts-file.ts';
import { InvalidConfiguration, NotFound } from '../../../../src/shared/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'alerts-file-'));
const path = join(folder, 'alerts.json');
afterAll(() => rmSync(folder, { recursive: true }));

const alert = (fields: object) => ({ name: 'failures', when: 'job-failed', to: 'log', ...fields });
const read = (content: unknown) => {
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readAlertsFile(path);
};

test.for([
  'slack:https://hooks.slack.com/services/T0/B0/x',
  'slack:https://chat.example.com/hooks/x',
  'discord:http://127.0.0.1:9000/x',
  'teams:http://localhost:9000/x',
  'webhook:http://[::1]:9000/x#signed-with-this',
  'webhook:https://example.com/x',
  'slack:/deadline/slack-webhook',
  'email:wranglers@example.com',
])('takes %s', (to) => {
  const { alerts, written } = read([alert({ to: [to] })]);
  expect(alerts.map((each) => each.to.map(({ text }) => text))).toEqual([[to]]);
  expect(written).toEqual([alert({ to: [to] })]);
});

test.for([
  ['an object', { alerts: [] }, 'alerts must be a list of objects.'],
  [
    'an unknown transition',
    [alert({ when: ['job-fails'] })],
    'alerts: "failures": when: job-fails is no transition (did you mean job-failed?).',
  ],
  [
    'an unknown field of the second entry',
    [alert({}), { when: 'job-failed', to: 'log', users: 'anna' }],
    'alerts: entry 2: name is missing; alerts: entry 2: users is no field (did you mean user?).',
  ],
  [
    'a URL without TLS of another host',
    [alert({ to: 'slack:http://hooks.example.com/a-secret' })],
    'alerts: "failures": to: slack:… has a URL that does not begin with https:; ' +
      'http: is only taken for this machine.',
  ],
  [
    'a URL that looks like that of this machine',
    [alert({ to: 'webhook:http://localhost.example.com/a-secret' })],
    'alerts: "failures": to: webhook:… has a URL that does not begin with https:; ' +
      'http: is only taken for this machine.',
  ],
  [
    'a URL of another protocol',
    [alert({ to: 'teams:ftp://127.0.0.1/a-secret' })],
    'alerts: "failures": to: teams:… has a URL that does not begin with https:; ' +
      'http: is only taken for this machine.',
  ],
] as const)('%s is refused, by its entry and field', ([, content, problem]) => {
  expect(() => read(content)).toThrow(new InvalidConfiguration(`${path}: ${problem}`));
});

test('a URL that is refused is not repeated', () => {
  expect(() => read([alert({ to: 'slack:http://hooks.example.com/a-secret' })])).toThrow(
    /^(?!.*a-secret)/s,
  );
});

test('what is no JSON is named', () => {
  expect(() => read('[{')).toThrow(InvalidConfiguration);
  expect(() => read('[{')).toThrow(`${path} is not JSON: `);
});

test('a file that is not there is named', () => {
  const missing = join(folder, 'missing.json');
  expect(() => readAlertsFile(missing)).toThrow(NotFound);
  expect(() => readAlertsFile(missing)).toThrow(missing);
});
