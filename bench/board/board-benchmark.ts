import { startDynamoDbLocal } from '../../src/local/engines/dynamodb-local.ts';
import { type FarmNotification, simulateFarm } from '../../src/local/farm/simulate-farm.ts';
import startedTask from '../../src/shared/samples/started-task.json' with { type: 'json' };
import stoppedTask from '../../src/shared/samples/stopped-task.json' with { type: 'json' };
import { withProgress } from '../../src/terminal/progress.ts';
import type { Report } from '../benchmarks.ts';
import type { Row } from '../markdown.ts';
import { monthlyReadPrice } from '../read-units.ts';
import { boardOfTables, type MeasuredBoard } from './board-of-tables.ts';
import { type BoardSettings, BoardTables } from './board-tables.ts';

export const about = `The read units that the board takes while someone looks at it, as DynamoDB Local counts them; a query that finds nothing
counts as half a unit, as on AWS. Boards for four settings look at the same tables, as often as the board looks. The
clock is passed in: twenty minutes are looked at, which are a third of an hour.

- **nothing renders**: an empty farm
- **some tasks render**: a made-up night of 40 jobs is over, and nothing comes any more
- **one farm**, **ten farms**: the third hour of the night, on 36 machines or ten times as many
- **a job of 10,000 tasks**: someone looks at its page, while 40 of its tasks start and 40 stop each minute

The plain way reads all tasks of the job in each look. A month is one in which somebody looks all the time.`;

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
/** How long each is looked at, and how often that is in an hour. */
const MINUTES = 20;
const TIMES = 60 / MINUTES;
const END = Date.parse('2026-01-02T08:00:00Z');
/** When the busy hour begins. */
const BUSY = END - 10 * HOUR;
/** The hours that the page shows. */
const SHOWN = 12;

const TASKS = 10_000;
/** Tasks that start, and that stop, each minute. */
const CHANGED = 40;
const JOB = '6b068f0c1d2e3f4a5b6c7d8e';

const SETTINGS: readonly BoardSettings[] = [
  { rendering: 'off', history: 'off' },
  { rendering: 'off', history: 'all' },
  { rendering: 'on', history: 'off' },
  { rendering: 'on', history: 'all' },
];

/** Units by the settings, in their order. */
type Units = readonly number[];

/** Boards for all settings, and the tables and the clock of all. */
interface Watched extends AsyncDisposable {
  readonly clock: { now: number };
  readonly boards: readonly MeasuredBoard[];
  /** Units since it was last asked. */
  take(): Units;
}

/** Measures what the board reads. */
export async function run(signal: AbortSignal): Promise<Report> {
  await using local = await startDynamoDbLocal({ port: 0, shared: false, signal });
  const newTables = () => BoardTables.create(local.endpoint, signal);
  const hours = new Map<string, Units>();
  const once = new Map<string, Units>();

  await withProgress('nothing renders', async () => {
    using tables = await newTables();
    await using watched = watch(tables, END);
    once.set('the first look: an empty farm', await look(watched));
    hours.set('nothing comes, nothing renders', await measureHour(watched));
  });
  const night = farms(1);
  await withProgress('one farm', async () => {
    using tables = await newTables();
    const { units, sent } = await busyHour(tables, night);
    hours.set(`one farm: ${count(sent)} notifications an hour`, units);
    await tables.store(night.filter((each) => each.sent > BUSY + MINUTES * MINUTE));
    await using watched = watch(tables, END);
    once.set('the first look: a night of 40 jobs', await look(watched));
    const { summary } = (await watched.boards.at(-1)?.state.farm(SHOWN)) ?? {};
    watched.clock.now += HOUR;
    hours.set(`nothing comes, ${summary?.renderingTasks} tasks render`, await measureHour(watched));
  });
  await withProgress('ten farms', async () => {
    using tables = await newTables();
    const { units, sent } = await busyHour(tables, farms(10));
    hours.set(`ten farms: ${count(sent)} notifications an hour`, units);
  });
  using tables = await newTables();
  const job = await withProgress('a job', () => openJob(tables));
  const large = `a job of ${count(TASKS)} tasks`;
  once.set(`the first look: ${large} renders`, job.first);
  once.set(`${large} is opened`, job.opened);
  hours.set(`${large} is open`, job.units);

  const list = [...hours];
  return {
    blocks: [
      { title: 'Read units an hour', rows: list.map(([what, units]) => bySetting(what, units)) },
      {
        title: 'The same in dollars a month',
        rows: list.map(([what, units]) =>
          bySetting(what, units.map(monthlyReadPrice).map(dollars)),
        ),
      },
      { title: 'Read units once', rows: [...once].map(([what, units]) => bySetting(what, units)) },
      { title: 'The open job, compared', rows: job.compared },
    ],
    problems: job.problems,
  };
}

/** The nights of so many farms at once, in order of sending. */
function farms(count: number): FarmNotification[] {
  const nights = Array.from({ length: count }, (_, index) =>
    simulateFarm({ seed: index + 1, end: END }),
  );
  return nights.flat().sort((a, b) => a.sent - b.sent);
}

function watch(tables: BoardTables, now: number): Watched {
  const clock = { now };
  const boards = SETTINGS.map((settings) => boardOfTables(tables.at, settings, () => clock.now));
  return {
    ...{ clock, boards },
    take: () => boards.map(({ units }) => units.take()),
    async [Symbol.asyncDispose]() {
      for (const board of boards) await board[Symbol.asyncDispose]();
    },
  };
}

/** All boards look, and answer a page: the overview, or that of a job. */
async function look({ boards, take }: Watched, job?: string): Promise<Units> {
  for (const { state } of boards) {
    await state.look();
    await (job === undefined ? state.farm(SHOWN) : state.job(job));
  }
  return take();
}

/**
 * Looks for some minutes.
 *
 * @param comes stores what comes in the minute until a time, in ms since the epoch
 * @param job the one whose page is looked at, instead of the overview
 * @returns the units of an hour of them
 */
async function measureHour(
  watched: Watched,
  comes: (until: number) => Promise<void> = async () => undefined,
  job?: string,
): Promise<Units> {
  const { clock, boards } = watched;
  const lookEvery = (await boards[0]?.state.farm(SHOWN))?.status.lookEvery ?? Infinity;
  watched.take();
  const all: Units[] = [];
  for (let minute = 1; minute <= MINUTES; minute += 1) {
    const until = clock.now + MINUTE;
    await comes(until);
    for (clock.now = until; clock.now < until + MINUTE; clock.now += lookEvery) {
      all.push(await look(watched, job));
    }
    clock.now = until;
  }
  const sum = (index: number) => all.reduce((total, units) => total + (units[index] ?? 0), 0);
  return boards.map((_, index) => sum(index) * TIMES);
}

async function busyHour(tables: BoardTables, night: readonly FarmNotification[]) {
  const between = (from: number, until: number) =>
    night.filter(({ sent }) => sent > from && sent <= until);
  await tables.store(between(-Infinity, BUSY));
  await using watched = watch(tables, BUSY);
  await look(watched);
  const comes = (until: number) => tables.store(between(until - MINUTE, until));
  const units = await measureHour(watched, comes);
  return { units, sent: between(BUSY, BUSY + MINUTES * MINUTE).length * TIMES };
}

/** Opens a large job and looks at it, and reads it the plain way. */
async function openJob(tables: BoardTables) {
  const before = TASKS - CHANGED * (MINUTES + 1);
  const ids = (from: number, count: number) => Array.from({ length: count }, (_, id) => from + id);
  const stops = (from: number, sent: number) =>
    ids(from, CHANGED).map((id) => stopped(id, sent + id - from));
  const starts = (from: number, sent: number) =>
    ids(from, CHANGED).map((id) => started(id, sent + CHANGED + id - from));
  await tables.store(ids(0, before).map((id) => stopped(id, END - HOUR + 100 * id)));
  await tables.store(starts(before, END - SECOND));

  await using watched = watch(tables, END);
  const first = await look(watched);
  for (const { state } of watched.boards) await state.job(JOB);
  const opened = watched.take();
  let rendering = before;
  const comes = async (until: number) => {
    const sent = until - SECOND;
    await tables.store([...stops(rendering, sent), ...starts(rendering + CHANGED, sent)]);
    rendering += CHANGED;
  };
  const units = await measureHour(watched, comes, JOB);

  const plain = watched.boards.at(-1) as MeasuredBoard;
  await Array.fromAsync(plain.rows.timedTasks(JOB));
  const [all = 0] = watched.take().slice(-1);
  const { lookEvery } = (await plain.state.farm(SHOWN)).status;
  const plainHour = (all * HOUR) / lookEvery;
  const compared = SETTINGS.map(({ rendering, history }, index) => {
    const hour = units[index] ?? 0;
    return {
      ...{ rendering, history, 'plain / ours': plainHour / hour },
      'units an hour': hour,
      'units an hour, the plain way': plainHour,
      'dollars a month': dollars(monthlyReadPrice(hour)),
      'dollars a month, the plain way': dollars(monthlyReadPrice(plainHour)),
    };
  });
  return { first, opened, units, compared, problems: await wrongJobs(watched) };
}

/** Settings with which the page of the job does not show what is stored, where the board can know it at once. */
async function wrongJobs({ boards }: Watched): Promise<string[]> {
  const shown = await Promise.all(boards.map(({ state }) => state.job(JOB)));
  return SETTINGS.flatMap(({ rendering, history }, index) => {
    if (rendering === 'off' && history === 'off') return [];
    const tasks = shown[index]?.tasks ?? [];
    const rendered = tasks.filter(({ status }) => status === 'Rendering').length;
    if (tasks.length === TASKS && rendered === CHANGED) return [];
    const found = `${tasks.length} tasks, ${rendered} that render`;
    return `With rendering ${rendering} and history ${history}, the job has ${found}.`;
  });
}

function stopped(TaskID: number, sent: number): FarmNotification {
  return notification(stoppedTask, TaskID, sent);
}

function started(TaskID: number, sent: number): FarmNotification {
  return notification(startedTask, TaskID, sent);
}

function notification(
  sample: typeof startedTask | typeof stoppedTask,
  TaskID: number,
  sent: number,
): FarmNotification {
  const TaskDetails = { ...sample.TaskDetails, JobID: JOB, TaskID };
  const Timestamp = new Date(sent - 20 * SECOND).toISOString();
  return { sent, body: { ...sample, TaskDetails, Timestamp } as FarmNotification['body'] };
}

function bySetting(what: string, values: readonly (number | string)[]): Row {
  const columns = SETTINGS.map(({ rendering, history }, index) => {
    const name = `rendering ${rendering}, history ${history}`;
    return [name, values[index] ?? 0];
  });
  return { 'what is looked at': what, ...Object.fromEntries(columns) };
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
