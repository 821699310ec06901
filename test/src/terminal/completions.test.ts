import { Argument, Command, Option } from 'commander';
import { expect, test } from 'vitest';
import { completionsOf } from '../../../src/terminal/completions.ts';
import { SuggestedOption } from '../../../src/terminal/suggested-option.ts';

const program = new Command('tool').configureHelp({ showGlobalOptions: true });
program
  .addOption(new SuggestedOption('--profile <name>', 'whose: theirs', async () => ['home', 'work']))
  .option('--json', 'prints JSON');
const list = program.command('list').description('lists all; or some');
list
  .configureHelp({ showGlobalOptions: true })
  .addOption(
    new SuggestedOption('--status <status>', 'only these', () => ['Failed', 'Fading', 'Pending']),
  )
  .addOption(new Option('-k, --kind <kind>', 'of a kind').choices(['job', 'task']))
  .addOption(new Option('--secret', 'not for people').hideHelp())
  .option('--limit <number>', 'at most')
  .option('--output <file>', 'where to');
program.command('show').description('shows one (or none)').argument('<id>').option('--all');
program.command('send').argument('[file...]').option('--force');
program.command('paint').addArgument(new Argument('<color>').choices(['red', 'green']));
const letters = program.command('letters').description('letters');
letters.command('list').description('lists letters').option('--old');
letters.command('burn').description('burns letters').argument('<id...>');
program.command('quiet', { hidden: true });

const COMMANDS = ['list', 'show', 'send', 'paint', 'letters', 'help'];
const OF_LIST = ['--status', '--kind', '--limit', '--output', '--help', '--profile', '--json'];

test.for([
  [[], COMMANDS],
  [[''], COMMANDS],
  [['l'], ['list', 'letters']],
  [['li'], ['list']],
  [['x'], []],
  [['--'], ['--profile', '--json', '--help']],
  [['-'], ['--profile', '--json', '--help']],
  [['--json', 'sh'], ['show']],
  [['--profile'], ['--profile']],
  [
    ['--profile', ''],
    ['home', 'work'],
  ],
  [['--profile', 'w'], ['work']],
  [
    ['--profile', 'list', 'l'],
    ['list', 'letters'],
  ],
  [
    ['--profile=work', 'l'],
    ['list', 'letters'],
  ],
  [['--profile=w'], ['work']],
  // As bash hands it over, for which = ends a word.
  [
    ['--profile', '='],
    ['home', 'work'],
  ],
  [['--profile', '=', 'w'], ['work']],
  [
    ['--profile', '=', 'work', 'l'],
    ['list', 'letters'],
  ],
  [['list', '--s'], ['--status']],
  [['list', '--p'], ['--profile']],
  [['list', '--profile', 'h'], ['home']],
  [
    ['list', '--status', ''],
    ['Failed', 'Fading', 'Pending'],
  ],
  [
    ['list', '--status', 'Fa'],
    ['Failed', 'Fading'],
  ],
  [['list', '--status', 'Failed,Fad'], ['Failed,Fading']],
  [
    ['list', '--status', 'Failed,'],
    ['Failed,Fading', 'Failed,Pending'],
  ],
  [['list', '--status=Failed,P'], ['Failed,Pending']],
  [
    ['list', '--kind', ''],
    ['job', 'task'],
  ],
  [['list', '-k', 't'], ['task']],
  [['list', '--limit', ''], []],
  [['list', '--limit', '3', '--k'], ['--kind']],
  [['list', '--limit=3', '--k'], ['--kind']],
  [['list', '--unknown', '--k'], ['--kind']],
  [['list', '--unknown='], []],
  [['list', '--json='], []],
  // Nothing else can stand here.
  [['list', ''], OF_LIST],
  [['list', '--status', 'Failed', ''], OF_LIST],
  [['show', ''], []],
  [['show', '--all', ''], []],
  [
    ['show', 'one', ''],
    ['--all', '--help', '--profile', '--json'],
  ],
  [
    ['paint', ''],
    ['red', 'green'],
  ],
  [['paint', 'g'], ['green']],
  [
    ['letters', ''],
    ['list', 'burn', 'help'],
  ],
  [['letters', 'list', '--o'], ['--old']],
  [['letters', '--json', 'b'], ['burn']],
  [['letters', 'burn', 'a', ''], []],
  [['show', '--', '--a'], []],
  [['--', 'l'], []],
] as [string[], string[]][])('of %j: %j', async ([words, expected]) => {
  const { all, files } = await completionsOf(program, words);
  expect(all.map(({ text }) => text)).toEqual(expected);
  expect(files).toBe(false);
});

test.for([
  [['send', '']],
  [['send', 'a', 'b']],
  [['send', '--force', '.']],
  [['send', '--', '-']],
  [['list', '--output', '']],
  [['list', '--output=a']],
])('of %j: files', async ([words = []]) => {
  expect(await completionsOf(program, words)).toEqual({ all: [], files: true });
});

test('an option may stand where a file may', async () => {
  const { all, files } = await completionsOf(program, ['send', '--f']);
  expect(all.map(({ text }) => text)).toEqual(['--force']);
  expect(files).toBe(false);
});

test('a description is what comes before its details', async () => {
  const { all } = await completionsOf(program, ['']);
  expect(all[0]).toEqual({ text: 'list', description: 'lists all' });
  expect(all[1]).toEqual({ text: 'show', description: 'shows one' });
  const options = await completionsOf(program, ['--p']);
  expect(options.all).toEqual([{ text: '--profile', description: 'whose' }]);
});
