import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Kind } from '../shared/kinds.ts';
import { oneLine } from '../shared/printable.ts';
import { resembling } from '../terminal/resembling.ts';
import { SuggestedOption } from '../terminal/suggested-option.ts';
import { dateTime } from '../terminal/time.ts';
import { parseDuration } from '../terminal/typed-duration.ts';
import { type Clock, parseTypedTime } from '../terminal/typed-time.ts';
import { COLUMN_NAMES } from './column-names.ts';
import type { FilterOption } from './job-filter.ts';
import { KNOWN_STATUSES, parseStatus, unknownStatusesText } from './known-statuses.ts';
import { GROUPINGS, type Grouping } from './statistics/grouping.ts';
import type { TimeSpan } from './time-span.ts';

/** DynamoDB's limit of values in a condition. */
const MAX_VALUES = 100;

/** How far clocks of different machines may differ, in ms. */
const CLOCK_DIFFERENCE = 60_000;

/** Adds `--status`, parsed to an array of Deadline's spellings. Warns once about those that are not known. */
export function addStatusOption(command: Command, kind: Kind): Command {
  const statuses = (text: string, others: readonly string[] = []) => {
    const all = union(
      others,
      words(text).map((word) => parseStatus(kind, word)),
    );
    if (all.length <= MAX_VALUES) return all;
    throw new InvalidArgumentError(`At most ${MAX_VALUES} statuses are possible.`);
  };
  const description = `only ${kind}s with this status, or one of several with commas, in any case: ${KNOWN_STATUSES[kind].join(', ')}`;
  const suggestions = () => KNOWN_STATUSES[kind];
  return command
    .addOption(
      new SuggestedOption('--status <status>', description, suggestions).argParser(statuses),
    )
    .hook('preAction', (_, called) => {
      const warning = unknownStatusesText(kind, called.opts<{ status?: string[] }>().status ?? []);
      if (warning !== undefined) console.error(oneLine(warning));
    });
}

/** Adds `--task`, parsed to an array of ids, each as Deadline writes it. */
export function addTaskOption(command: Command): Command {
  const tasks = (text: string, others: readonly string[] = []) => {
    const all = union(others, words(text).map(taskId));
    if (all.length <= MAX_VALUES) return all;
    throw new InvalidArgumentError(`At most ${MAX_VALUES} tasks are possible.`);
  };
  const description = 'only the task with this id, or several with commas; may be repeated';
  return command.addOption(new Option('--task <id>', description).argParser(tasks));
}

/** How many texts an option takes each time: several with commas, unless they may hold commas. */
const FILTER_TEXTS: Readonly<Record<FilterOption, (text: string) => string[]>> = {
  user: words,
  name: (text) => [name(text)],
  batch: (text) => [name(text)],
  department: words,
  plugin: words,
  pool: words,
  worker: words,
};

/**
 * Adds the options that select jobs, each parsed to an array.
 *
 * @param worker how the help explains `--worker`
 */
export function addJobFilterOptions(command: Command, worker: string): Command {
  const descriptions: Readonly<Record<FilterOption, string>> = {
    user: 'only jobs of this user',
    name: 'only jobs with this text in their name, or whose whole name fits this pattern',
    batch: 'only jobs of this batch',
    department: 'only jobs of this department',
    plugin: 'only jobs of this plugin',
    pool: 'only jobs of this pool',
    worker,
  };
  for (const [option, parse] of Object.entries(FILTER_TEXTS)) {
    const description = descriptions[option as FilterOption];
    command.addOption(
      new Option(`--${option} <text>`, description).argParser(
        (text, others: readonly string[] = []) => union(others, parse(text)),
      ),
    );
  }
  return command.addHelpText(
    'after',
    '\nIn options that select jobs, case does not matter, * is any text, and ? is any\n' +
      'character. They may be repeated and, but for --name and --batch, take several\nwith commas.',
  );
}

/** `--since`, parsed to ms since the epoch. */
export function sinceOption(description: string, clock: () => Clock): Option {
  return new Option('--since <time>', description).argParser((text) => past(text, clock()));
}

/**
 * Adds `--since` and `--until`, parsed to ms since the epoch, and checks that they are a time span.
 *
 * @param fallback the default of `--since`: so long before `--until`, or before now; without one, it must be given
 */
export function addTimeSpanOptions(
  command: Command,
  fallback: string | undefined,
  clock: () => Clock,
): Command {
  const since = sinceOption(
    'only what was sent at this time or later: a duration before now, such as 12h or 1h30m, or a time, ' +
      'such as 02:10, yesterday, or "2026-11-25 20:00", local, or in UTC with --utc',
    clock,
  );
  if (fallback === undefined) since.makeOptionMandatory();
  else since.default(past(fallback, clock()), fallback);
  const until = new Option('--until <time>', 'only what was sent before this time').argParser(
    (text) => parseTypedTime(trimmed(text), clock()),
  );
  return command
    .addOption(since)
    .addOption(until)
    .hook('preAction', (_, called) => {
      const { until } = called.opts<TimeSpan>();
      if (
        fallback !== undefined &&
        until !== undefined &&
        called.getOptionValueSource('since') === 'default'
      ) {
        called.setOptionValue('since', until - parseDuration(fallback));
      }
      const problem = spanProblem(called.opts<TimeSpan>(), clock());
      if (problem !== undefined) called.error(`error: ${problem}`);
    });
}

export function timeoutOption(description: string): Option {
  return new Option('--timeout <duration>', description).argParser(timeout);
}

/** Adds how a list is printed: `ListOptions`. */
export function addListOptions(command: Command): Command {
  return addViewOptions(command).addOption(
    new SuggestedOption(
      '--sort <column>',
      'sorts by a column: numbers and times from the largest, texts from A to Z; with a - before it, ' +
        'as in --sort=-time, the other way round',
      () => columnsOf(command),
    ).argParser(name),
  );
}

/** Adds how rows are printed, in the order in which they come. */
export function addViewOptions(command: Command): Command {
  return command
    .addOption(
      new SuggestedOption(
        '--columns <names>',
        `the columns to show, in this order, with commas: ${columnsOf(command).join(', ')}`,
        () => columnsOf(command),
      ).argParser((text, before: readonly string[] = []) => union(before, words(text))),
    )
    .option('--wide', 'leaves out no column and cuts no text')
    .option('--csv', 'prints comma-separated values with a head (RFC 4180)');
}

function columnsOf(command: Command): readonly string[] {
  return COLUMN_NAMES[command.name()] ?? [];
}

/** `--longer-than`, parsed to ms. */
export function longerThanOption(description: string): Option {
  return new Option('--longer-than <duration>', description).argParser((text) =>
    parseDuration(trimmed(text)),
  );
}

/** `--by`, parsed to what jobs and tasks are counted by. */
export function groupingOption(): Option {
  return new SuggestedOption(
    '--by <group>',
    `counts by one of ${GROUPINGS.join(', ')}; days and hours are those in which jobs stopped`,
    () => GROUPINGS,
  ).argParser(grouping);
}

/** `--output`, a path. */
export function outputOption(): Option {
  return new Option(
    '--output <file>',
    'writes this file once it is whole, in place of one that is there',
  ).argParser(name);
}

/** `--yes`, for what says what it costs before it reads. */
export function yesOption(): Option {
  return new Option('--yes', 'reads without being asked, whatever it costs');
}

export function limitOption(): Option {
  return new Option('--limit <number>', 'the most rows to show').argParser(count);
}

/** The board's port if none is given: no well-known service has it. */
const BOARD_PORT = 8465;

/** `--port`, parsed to a number. */
export function portOption(): Option {
  return new Option('--port <number>', 'the port to listen on; 0 for any that is free')
    .default(BOARD_PORT)
    .argParser(port);
}

function grouping(text: string): Grouping {
  const written = trimmed(text).toLowerCase();
  const found = GROUPINGS.find((each) => each === written);
  if (found !== undefined) return found;
  const meant = resembling(written, GROUPINGS);
  const question = meant.length > 0 ? ` Did you mean ${meant.join(' or ')}?` : '';
  throw new InvalidArgumentError(
    `There is no group ${written}.${question} Groups: ${GROUPINGS.join(', ')}.`,
  );
}

/** Parses a time that is not in the future. */
function past(text: string, clock: Clock): number {
  const time = parseTypedTime(trimmed(text), clock);
  if (time <= clock.now + CLOCK_DIFFERENCE) return time;
  throw new InvalidArgumentError(`${dateTime(time, clock.utc)} is in the future.`);
}

function spanProblem({ since, until }: TimeSpan, { utc }: Clock): string | undefined {
  if (until === undefined || until > since) return undefined;
  return (
    `--until (${dateTime(until, utc)}) must be after --since (${dateTime(since, utc)}). ` +
    'Give an earlier --since or a later --until.'
  );
}

/** The longest Node.js timer, in ms: about 24 days. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Parses a duration that a timer can run. Returns ms. */
function timeout(text: string): number {
  const ms = parseDuration(trimmed(text));
  if (ms <= LONGEST_TIMER) return ms;
  throw new InvalidArgumentError('The maximum is 24 days.');
}

function count(text: string): number {
  const written = trimmed(text);
  if (/^[1-9]\d{0,8}$/.test(written)) return Number(written);
  throw new InvalidArgumentError('Expected a whole number from 1 to 999999999.');
}

function port(text: string): number {
  const written = trimmed(text);
  if (/^(0|[1-9]\d{0,4})$/.test(written) && Number(written) < 2 ** 16) return Number(written);
  throw new InvalidArgumentError('Expected a port: a whole number from 0 to 65535.');
}

/** A task's id: DynamoDB compares numbers of up to 38 digits. */
function taskId(text: string): string {
  if (/^(0|-?[1-9]\d{0,37})$/.test(text)) return text;
  throw new InvalidArgumentError(`${text} is no task id: expected a whole number, such as 13.`);
}

/**
 * A name or an id, without the blanks around it.
 *
 * @throws InvalidArgumentError if nothing is left
 */
export function name(text: string): string {
  const written = trimmed(text);
  if (written !== '') return written;
  throw new InvalidArgumentError('Must not be empty.');
}

/** Words separated by commas. */
function words(text: string): string[] {
  const all = name(text).split(',').map(trimmed);
  if (!all.includes('')) return all;
  throw new InvalidArgumentError('A word is missing before or after a comma.');
}

/** Both without repetitions. */
function union(some: readonly string[], others: readonly string[]): string[] {
  return [...new Set([...some, ...others])];
}

/** What pasting or another program puts around a word: blanks, line ends, and characters without a width. */
const AROUND =
  '[\\s\\u0085\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069]+';
const BLANKS = new RegExp(`^${AROUND}|${AROUND}$`, 'gu');

/** @throws InvalidArgumentError if there are control characters inside */
function trimmed(text: string): string {
  const written = text.replaceAll(BLANKS, '');
  if (!/\p{Cc}/u.test(written)) return written;
  throw new InvalidArgumentError('Must not contain control characters, such as tabs or line ends.');
}
