import { Command } from 'commander';
import { expect, test } from 'vitest';
import { keptByNpm } from '../../../src/terminal/npm-options.ts';

const program = new Command('deadline-notifications').option('--json').option('--stack <name>');
program.command('jobs').option('--status <status>').option('--no-color');
program.command('dead-letters').command('delete').argument('<message id...>').option('--yes');
program.command('wait').argument('<job id>').option('--timeout <duration>');

/** What npm leaves behind for a call of its script `cli`. */
const byNpm = (kept: Readonly<Record<string, string>>) => ({ npm_lifecycle_event: 'cli', ...kept });

test.for([
  [['jobs'], { npm_config_json: 'true' }, '--json', 'jobs --json'],
  [['jobs', 'Failed'], { npm_config_status: 'true' }, '--status', 'jobs --status <status>'],
  [['jobs'], { npm_config_status: 'Failed' }, '--status', 'jobs --status <status>'],
  [
    ['jobs', 'Failed', 'Farm'],
    { npm_config_stack: 'true', npm_config_status: 'true' },
    '--stack, --status',
    'jobs --stack <name> --status <status>',
  ],
  [
    ['dead-letters', 'delete', 'x'],
    { npm_config_yes: 'true' },
    '--yes',
    'dead-letters delete x --yes',
  ],
  [[], { npm_config_json: 'true' }, '--json', '--json'],
  [
    ['wait', 'x', '3s'],
    { npm_config_timeout: 'true' },
    '--timeout',
    'wait <job id> --timeout <duration>',
  ],
] as const)('called with %j, npm kept %j: reports the correct call', ([args, env, names, call]) => {
  expect(keptByNpm(program, args, byNpm(env))).toBe(
    `npm consumed ${names}. Put -- before the command's arguments: npm run -s cli -- ${call}`,
  );
});

test.for([
  ['not called by npm', ['jobs'], { npm_config_json: 'true' }],
  ['an option that was passed on', ['jobs', '--json'], byNpm({ npm_config_json: 'true' })],
  ['one with its value', ['jobs', '--status=Failed'], byNpm({ npm_config_status: 'true' })],
  ['an option of another command', ['jobs'], byNpm({ npm_config_yes: 'true' })],
  ["npm's own, which is not set", ['jobs'], byNpm({ npm_config_json: '' })],
  ["npm's own, which no command has", ['jobs'], byNpm({ npm_config_force: 'true' })],
] as const)('%s is accepted', ([, args, env]) => {
  expect(keptByNpm(program, args, env)).toBeUndefined();
});
