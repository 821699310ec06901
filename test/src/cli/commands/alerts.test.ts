import { beforeEach, describe, expect, test } from 'vitest';
import type {
  Answer,
  ListedAlert,
  SampleMessage,
} from '../../../../src/alerts/message/channel-message.ts';
import { startCloudFormationLocal } from '../../../../src/local/engines/cloudformation-local.ts';
import { localEngines } from '../../../../src/local/engines/environment.ts';
import { startLambdaLocal } from '../../../../src/local/engines/lambda-local.ts';
import { resourceNames } from '../../../../src/shared/resource-names.ts';
import { runInProcess } from '../../../support/run-cli.ts';

const NAMES = resourceNames();
const ALERTS: readonly ListedAlert[] = [
  {
    name: 'failures',
    when: ['job-failed', 'task-failed', 'task-requeued'],
    filters: { department: ['lighting', 'fx'], user: ['anna*'] },
    to: ['slack:/deadline/slack-webhook', 'email:wranglers@example.com'],
    message: null,
    mention: {},
  },
  {
    name: 'done',
    when: ['job-completed'],
    filters: {},
    to: ['log'],
    message: '{name} is done',
    mention: { anna: ['U02FX3AAAA'] },
  },
];
const SENT: Answer = { status: 'sent', detail: '' };

/** What the functions of the stack do when they are asked. */
const functions = {
  alerts: async (_: unknown): Promise<unknown> => ({ alerts: ALERTS }),
  samples: (alert: string): unknown => {
    const { to = [], when = [] } = ALERTS.find(({ name }) => name === alert) ?? {};
    const messages = to.flatMap((channel) =>
      when.map(
        (transition): SampleMessage => ({
          ...{ id: `${channel} ${transition}`, alert, channel, transition },
          payload: { text: transition },
        }),
      ),
    );
    return { messages };
  },
  answerTo: (_: SampleMessage): Answer => SENT,
};
const usual = { ...functions };
const sent: SampleMessage[] = [];
beforeEach(() => {
  Object.assign(functions, usual);
  sent.length = 0;
});

const lambda = await startLambdaLocal(
  new Map([
    [
      NAMES.alerts,
      async (request) => {
        const { ask, alert } = request as { ask: string; alert: string };
        return ask === 'samples' ? functions.samples(alert) : functions.alerts(request);
      },
    ],
    [
      NAMES.alertSender,
      async (request) => {
        const { messages } = request as { messages: SampleMessage[] };
        sent.push(...messages);
        return { answers: messages.map(functions.answerTo) };
      },
    ],
  ]),
);

const OUTPUTS = {
  ...{ QueueUrl: 'q', DeadLetterQueueUrl: 'd', JobTableName: 'j', TaskTableName: 't' },
  ...{ NewestBy: 'sent_timestamp', RetentionDays: 'off', EmptyFields: 'keep' },
};
const deployed = await startCloudFormationLocal(NAMES.name, {
  ...OUTPUTS,
  AlertsFunctionName: NAMES.alerts,
  AlertSenderFunctionName: NAMES.alertSender,
});
const withoutAlerts = await startCloudFormationLocal(NAMES.name, OUTPUTS);

const run = (args: readonly string[], columns?: number, { endpoint } = deployed) =>
  runInProcess(
    args,
    {
      ...process.env,
      ...localEngines('http://127.0.0.1:1', { accessKeyId: 'local', secretAccessKey: 'local' }),
      ...{ NO_COLOR: '1', LC_ALL: 'C.UTF-8', COLUMNS: undefined },
      AWS_ENDPOINT_URL_CLOUDFORMATION: endpoint,
      AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint,
    },
    columns,
  );
const lines = (text: string) => text.trimEnd().split('\n');

describe('alerts', () => {
  test('lists a row for each alert, at 80 columns', async () => {
    const { stdout, stderr, code } = await run(['alerts'], 80);
    expect(lines(stdout)).toEqual([
      'Alerts of DeadlineNotifications: 2.',
      'name      when                          to',
      'failures  job-failed, task-failed, ta…  slack:/deadline/slack-webhook, email:wr…',
      'done      job-completed                 log',
      'Left out: filters, message, mention. See --wide, --columns, --json.',
    ]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  test('with --wide it has all of them', async () => {
    const { stdout } = await run(['alerts', '--wide'], 80);
    expect(stdout).toContain('job-failed, task-failed, task-requeued');
    expect(stdout).toContain('department: lighting, fx; user: anna*');
    expect(stdout).toContain('{name} is done');
  });

  test('with --json, each is an object as the function has it', async () => {
    const { stdout } = await run(['alerts', '--json']);
    expect(lines(stdout).map((line) => JSON.parse(line))).toEqual(ALERTS);
  });

  test('columns can be chosen', async () => {
    const { stdout } = await run(['alerts', '--columns', 'name,message']);
    expect(stdout).toBe('failures\t\ndone\t{name} is done\n');
  });

  test.for([[['alerts']], [['alerts', 'test', 'failures']]])(
    'where there are none, %j says what to set',
    async ([args = []]) => {
      const { stdout, stderr, code } = await run(args, 80, withoutAlerts);
      expect(stdout).toBe('');
      expect(stderr).toBe('The stack has no alerts. Set `alerts`, and deploy.\n');
      expect(code).toBe(78);
    },
  );

  test('a function that fails is named, with its error', async () => {
    functions.alerts = async () => {
      throw new RangeError('out of range');
    };
    const { stderr, code } = await run(['alerts']);
    expect(stderr).toBe(
      'The function DeadlineNotifications-Alerts failed: RangeError: out of range. Its log tells more.\n',
    );
    expect(code).toBe(70);
  });

  test.for([
    ['nothing', null],
    ['another shape', { alerts: [{ name: 'x' }] }],
  ])('an answer with %s is not taken', async ([, answer]) => {
    functions.alerts = async () => answer;
    const { stdout, stderr, code } = await run(['alerts']);
    expect(stdout).toBe('');
    expect(stderr).toContain('answered what this command does not know');
    expect(code).toBe(70);
  });
});

describe('alerts test', () => {
  test('sends a sample of each transition to each channel, and says what they answered', async () => {
    const { stdout, stderr, code } = await run(['alerts', 'test', 'failures'], 80);
    expect(lines(stdout)).toEqual([
      'slack:/deadline/slack-webhook',
      '  job-failed     ✓ sent',
      '  task-failed    ✓ sent',
      '  task-requeued  ✓ sent',
      'email:wranglers@example.com',
      '  job-failed     ✓ sent',
      '  task-failed    ✓ sent',
      '  task-requeued  ✓ sent',
    ]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(sent).toHaveLength(6);
    expect(sent[1]).toEqual({
      ...{ id: 'slack:/deadline/slack-webhook task-failed', alert: 'failures' },
      ...{ channel: 'slack:/deadline/slack-webhook', payload: { text: 'task-failed' } },
    });
  });

  test('one that a channel does not take has its reason, and the exit code is 1', async () => {
    functions.answerTo = ({ channel, payload }) => {
      const { text } = payload as { text: string };
      if (text === 'task-failed') return { status: 'never', reason: 'HTTP 404: "no_service"' };
      if (text === 'task-requeued') return { status: 'later', reason: 'HTTP 429', after: 59.2 };
      return { status: 'sent', detail: channel.startsWith('slack') ? 'HTTP 200' : '' };
    };
    const { stdout, code } = await run(['alerts', 'test', 'failures'], 80);
    expect(lines(stdout).slice(0, 5)).toEqual([
      'slack:/deadline/slack-webhook',
      '  job-failed     ✓ sent: HTTP 200',
      '  task-failed    ✗ HTTP 404: "no_service"',
      '  task-requeued  ✗ HTTP 429; it wants to be left alone for 60 s',
      'email:wranglers@example.com',
    ]);
    expect(code).toBe(1);
  });

  test('a channel that only wants to be left alone for a while gets the sample again', async () => {
    functions.answerTo = () =>
      sent.length === 1
        ? { status: 'later', reason: 'HTTP 429', after: 0.01 }
        : { ...SENT, after: 0.01 };
    const { stdout, code } = await run(['alerts', 'test', 'done'], 80);
    expect(stdout).toBe('log\n  job-completed  ✓ sent\n');
    expect(sent).toHaveLength(2);
    expect(code).toBe(0);
  });

  test('with --json, each answer is an object', async () => {
    functions.answerTo = () => ({ status: 'later', reason: 'HTTP 429\n', after: 31 });
    const { stdout, code } = await run(['alerts', 'test', 'done', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      ...{ alert: 'done', channel: 'log', transition: 'job-completed' },
      ...{ status: 'later', detail: 'HTTP 429\n', after: 31 },
    });
    expect(code).toBe(1);
  });

  test.for([
    ['failure', 'There is no alert failure (did you mean failures?).\n'],
    ['nightly', 'There is no alert nightly (known: failures, done).\n'],
  ] as const)('of the unknown alert %s it names those that there are', async ([name, message]) => {
    const { stdout, stderr, code } = await run(['alerts', 'test', name]);
    expect(stdout).toBe('');
    expect(stderr).toBe(message);
    expect(code).toBe(66);
    expect(sent).toEqual([]);
  });

  test('what a channel answers cannot steer a terminal', async () => {
    functions.answerTo = () => ({ status: 'never', reason: 'bad\n\u001b[2J' });
    const { stdout } = await run(['alerts', 'test', 'done'], 80);
    expect(stdout).toBe('log\n  job-completed  ✗ bad\\n\\u001b[2J\n');
  });

  test.for([
    [['alerts', 'test'], "missing required argument 'name'"],
    [['alerts', 'test', ' '], 'Must not be empty.'],
    [['alerts', 'test', 'done', '--sort', 'name'], "unknown option '--sort'"],
    [['alerts', 'done'], 'too many arguments'],
  ] as const)('%j is wrong usage', async ([args, message]) => {
    const { stderr, code } = await run(args);
    expect(stderr).toContain(message);
    expect(code).toBe(64);
  });
});
