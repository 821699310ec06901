import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addCommands } from '../../../src/cli/command-list.ts';
import { synthesize } from '../../../src/local/template.ts';
import { createProgram } from '../../../src/terminal/call.ts';
import { CONFIGURATIONS } from '../../support/configurations.ts';
import { recordedRequests } from '../../support/recorded-requests.ts';
import type { Printed } from '../../support/run-cli.ts';
import { stackToAsk, stoppedJob, taskIn } from '../../support/stack-to-ask.ts';
import { synthesized, text } from '../../support/synthesized.ts';

/** Calls of each command that only asks. Together they make it send each of its requests. */
const READING: Readonly<Record<string, readonly string[][]>> = {
  failed: [['failed'], ['failed', '--tasks'], ['failed', '--by', 'user']],
  jobs: [['jobs']],
  job: [
    ['job', 'failed-one'],
    ['job', 'completed'],
    ['job', 'unheard'],
  ],
  tasks: [
    ['tasks', 'failed-one'],
    ['tasks', 'rendering-one'],
    ['tasks', 'rendering'],
  ],
  history: [
    ['history', 'failed-one'],
    ['history', 'rendering-one', '--task', '0'],
    ['history', 'unheard'],
  ],
  rendering: [['rendering'], ['rendering', '--by', 'job']],
  stats: [['stats', '--by', 'user']],
  wait: [
    ['wait', 'failed-one', '--json'],
    ['wait', 'completed'],
    ['wait', 'complete'],
  ],
  watch: [
    ['watch', '--since', '1h'],
    ['watch', 'failed-one', '--since', '1h'],
  ],
  board: [['board', '--port', '0']],
  export: ['jobs', 'tasks', 'history'].map((kind) => [
    ...['export', kind, '--since', '1h', '--format', 'jsonl'],
  ]),
  report: [['report']],
};

const JOBS = ['failed-one', 'completed', 'rendering-one', 'unheard'];

/** A watch that has printed a line has made all of its requests. */
const hasLine = ({ stdout }: Printed) => stdout !== '';

const UNTIL: Readonly<Record<string, (printed: Printed) => boolean>> = {
  watch: hasLine,
  board: hasAnswered(),
};

/** A board that has answered all that its page asks for has made all of its requests. */
function hasAnswered(): (printed: Printed) => boolean {
  let answers: Promise<unknown> | undefined;
  let isDone = false;
  return ({ stdout }) => {
    if (stdout === '' || answers) return isDone;
    const paths = ['farm', 'jobs', 'workers', ...JOBS.map((job) => `jobs/${job}`)];
    answers = Promise.all(paths.map((path) => fetch(`${stdout.trim()}/api/${path}`))).finally(
      () => {
        isDone = true;
      },
    );
    return false;
  };
}

/** Commands that change something, hide messages from others, or ask nothing of AWS. */
const OTHERS = ['alerts', 'dead-letters', 'doctor', 'send', 'backfill-index', 'completion'];

const { deadline, happened } = await stackToAsk(
  await synthesize({ rendering: 'on', history: 'problems' }),
);
const Timestamp = new Date(Date.now() - 200_000).toISOString();
await happened(
  [3, { ...stoppedJob('failed-one', 'Failed', { JobStartedDateTime: Timestamp }), Timestamp }],
  [3, taskIn('failed-one', 0, 'Failed')],
  [2, stoppedJob('completed', 'Completed')],
  [2, taskIn('completed', 0, 'Completed')],
  [1, taskIn('rendering-one', 0, 'Rendering')],
);
const requests: Record<string, string[]> = {};
for (const [command, calls] of Object.entries(READING)) {
  using recorded = await recordedRequests();
  for (const call of calls) await deadline(call, {}, UNTIL[command]);
  requests[command] = recorded.unique();
}
const allRequested = [...new Set(Object.values(requests).flat())];
const HISTORY_TABLE = 'table/DeadlineNotificationHistory';

test('every command is known to only ask, or not to', () => {
  const program = createProgram('deadline-notifications', '');
  addCommands(
    program,
    () => () => undefined,
    () => ({ now: 0, utc: true }),
  );
  const names = program.commands.map((command) => command.name());
  expect([...Object.keys(READING), ...OTHERS].sort()).toEqual(names.sort());
});

test.for([
  ['nothing', {}] as const,
  ...CONFIGURATIONS.filter(([name]) => /^(prefix|kmsKeyArn|existing.*Table|history)$/.test(name)),
])(
  'with %s configured, the policy allows exactly the requests of the commands that only ask',
  ([, props]) => {
    const allowed = allowedBy(synthesized(props));
    const requested =
      'history' in props
        ? allRequested
        : allRequested.filter((each) => !each.endsWith(HISTORY_TABLE));
    const fits = (pattern: string, request: string) =>
      pattern.endsWith('*') ? request.startsWith(pattern.slice(0, -1)) : request === pattern;
    expect(requested.filter((each) => !allowed.some((pattern) => fits(pattern, each)))).toEqual([]);
    expect(allowed.filter((pattern) => !requested.some((each) => fits(pattern, each)))).toEqual([]);
  },
);

describe('the documentation', () => {
  const page = readFileSync(
    join(import.meta.dirname, '..', '..', '..', 'docs', 'command-line.md'),
    'utf8',
  );
  const [, section = ''] = /^### To ask$(.*?)^##/ms.exec(page) ?? [];
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line.split('|').map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, each = '']) => each)),
    );

  test('lists the commands that only ask', () => {
    expect(rows.flatMap(([, commands = []]) => commands).sort()).toEqual(
      Object.keys(READING).sort(),
    );
  });

  test.for(rows)('says what $1 request of the tables', ([, commands = [], actions = []]) => {
    const made = commands.flatMap((command) => requests[command] ?? []);
    const ofTables = made
      .map((each) => each.split(' ')[0])
      .filter((each) => each?.startsWith('dynamodb:'));
    expect([...new Set(ofTables)].sort()).toEqual(actions.sort());
  });
});

/** The actions with the resources that the stack's reader policy allows them on. */
function allowedBy({ idOf, template }: ReturnType<typeof synthesized>): string[] {
  const description = 'Lets people ask what happened on the farm, and change nothing';
  const id = idOf('AWS::IAM::ManagedPolicy', { Description: description });
  const { [id]: policy } = template.findResources('AWS::IAM::ManagedPolicy');
  const statements = policy?.Properties.PolicyDocument.Statement as Record<string, unknown>[];
  return statements.flatMap(({ Effect, Action, Resource }) => {
    expect(Effect).toBe('Allow');
    return [Action]
      .flat()
      .flatMap((action) => [Resource].flat().map((resource) => `${action} ${nameOf(resource)}`));
  });
}

/** A resource of the stack's account and region as in a request, under the names without a configuration. */
function nameOf(resource: unknown): string {
  return text(resource)
    .replace(/^arn:<AWS::Partition>:\w+:<AWS::Region>:<AWS::AccountId>:/, '')
    .replace(/^<TablesJobs\w+,Arn>|^table\/Jobs\b/, 'table/DeadlineJobNotifications')
    .replace(/^<TablesHistory\w+,Arn>/, HISTORY_TABLE)
    .replace(/^<TablesTasks\w+,Arn>|^table\/Tasks\b/, 'table/DeadlineTaskNotifications');
}
