import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { startDynamoDbLocal } from '../../src/local/engines/dynamodb-local.ts';
import { type FarmNotification, simulateFarm } from '../../src/local/farm/simulate-farm.ts';
import type { Transition } from '../../src/shared/history-entry.ts';
import { withBar } from '../../src/terminal/progress.ts';
import type { Report } from '../benchmarks.ts';
import type { Row } from '../markdown.ts';
import { BoardTables } from './board-tables.ts';
import { ServedBoard } from './served-board.ts';
import { asTold, jobOf, type Told, toldByFeed, toldByFeedOf } from './told-by-feed.ts';

export const about = `50 clients read the feed for a day, 40 of them all of it, and 10 that of a job each. \`rendering\` is on, \`history\` at
\`all\`. The clock is passed in: the board, in a process of its own, looks once in five minutes, after the function's code
has stored what 15 made-up farms sent in them. After each look, a page asks for the overview, the workers, and a job.

After each look, each client must have just what the notifications say, each once: of tasks that change several times
between two looks, the feed of all tells the last. The heap is that of the board's process after garbage collection. It
holds what its page shows, 12 hours; so it grows for 12 hours, and then with what came in the last 12. If something were
kept for good, the bytes for each of these notifications would go on to grow.`;

const [MINUTE, HOUR] = [60_000, 3_600_000];
/** The time from one look to the next, and from one mark in the results to the next. */
const [STEP, MARK] = [5 * MINUTE, 2 * HOUR];
const END = Date.parse('2026-01-02T08:00:00Z');
const HOURS = 24;
/** The hours that the page shows. */
const SHOWN = 12;
const FARMS = 15;
const JOBS_OF_FARM = 150;
const [CLIENTS, CLIENTS_OF_JOBS] = [40, 10];
/** How long is waited for what is sent, in ms. */
const PATIENCE = 10_000;
const MIB = 2 ** 20;

/** Measures what the board's process holds over a day. */
export async function run(signal: AbortSignal): Promise<Report> {
  const farms = Array.from({ length: FARMS }, (_, index) =>
    simulateFarm({ seed: index + 1, end: END, hours: HOURS, jobs: JOBS_OF_FARM }),
  );
  const steps = stepsOf(farms.flat().sort((a, b) => a.sent - b.sent));
  const jobs = largest(steps.flat(), CLIENTS_OF_JOBS);
  await using local = await startDynamoDbLocal({ port: 0, shared: false, signal });
  using tables = await BoardTables.create(local.endpoint, signal);
  const begin = END - HOURS * HOUR;
  using board = await ServedBoard.start(tables.at, begin);
  await board.look(begin);
  const alone = await board.memory();
  const clients = [
    ...Array.from({ length: CLIENTS }, () => new CountingClient(board.url)),
    ...jobs.map((job) => new CountingClient(board.url, job)),
  ];
  await Promise.all(clients.map((client) => client.opened));
  await setTimeout(2_000, undefined, { signal }); // each had a look begin, and a clock that jumps in one would be odd
  await board.look(begin);
  const first = await board.memory();

  const rows: Row[] = [];
  const problems: string[] = [];
  let told = 0;
  await withBar('looks', steps.length, async (onDone) => {
    for (const [index, step] of steps.entries()) {
      signal.throwIfAborted();
      const now = begin + (index + 1) * STEP;
      await tables.store(step);
      await board.look(now);
      await askAsPage(board.url, jobs[index % jobs.length] ?? '');
      const expected = toldByFeed(step);
      told += expected.size;
      for (const client of clients) {
        const wrong = await client.check(step, expected);
        if (wrong) problems.push(`${new Date(now).toISOString()}: ${wrong}`);
      }
      if ((now - begin) % MARK === 0) {
        const { heap, resident } = await board.memory();
        const from = Math.max(0, index + 1 - (SHOWN * HOUR) / STEP);
        const held = steps.slice(from, index + 1).flat().length;
        rows.push({
          'hours passed': (now - begin) / HOUR,
          'notifications of the last 12 h': held,
          'heap (MiB)': heap / MIB,
          'bytes for each of these': (heap - first.heap) / held,
          'resident (MiB)': resident / MIB,
        });
      }
      onDone(1);
    }
  });
  for (const client of clients) client.close();
  await setTimeout(1_000, undefined, { signal });
  const after = await board.memory();

  const sent = steps.flat().length;
  const last = rows.at(-1)?.['heap (MiB)'] as number;
  return {
    blocks: [
      {
        title: 'What came',
        rows: [
          {
            ...{ notifications: sent, 'transitions to each client of all': told },
            'messages to all clients': clients.reduce((sum, { messages }) => sum + messages, 0),
            'losses and doubles': problems.length,
          },
        ],
      },
      {
        title: 'What is held, without any row, and with 50 clients of which none has got anything',
        rows: [
          {
            'heap (MiB)': alone.heap / MIB,
            'with clients (MiB)': first.heap / MIB,
            'KiB by client': (first.heap - alone.heap) / clients.length / 1_024,
            'after the day, without them (MiB)': after.heap / MIB,
            'KiB by client, after the day': (last * MIB - after.heap) / clients.length / 1_024,
          },
        ],
      },
      { title: 'What is held over the day, with 50 clients', rows },
    ],
    problems: problems.slice(0, 20),
  };
}

/** A client that notes what it got since it was last checked. */
class CountingClient {
  readonly opened: Promise<unknown>;
  messages = 0;
  readonly #socket: WebSocket;
  readonly #job: string | undefined;
  readonly #got: Told[] = [];

  /** @param job the one whose transitions it wants, if not all */
  constructor(url: string, job?: string) {
    const query = job === undefined ? '' : `?job=${job}`;
    this.#job = job;
    this.#socket = new WebSocket(`${url.replace('http', 'ws')}/feed${query}`);
    this.opened = once(this.#socket, 'open');
    this.#socket.on('message', (data) => {
      this.messages += 1;
      const transition = JSON.parse(String(data)) as Transition;
      this.#got.push(job === undefined ? asTold(transition) : transition.id);
    });
  }

  /**
   * Waits for all that was stored before a look.
   *
   * @param expected what the feed of all has to tell of it
   * @returns what is wrong, in a sentence
   */
  async check(
    stored: readonly FarmNotification[],
    expected: ReadonlySet<Told>,
  ): Promise<string | undefined> {
    const count = this.#job === undefined ? expected.size : toldByFeedOf(this.#job, stored);
    for (const end = Date.now() + PATIENCE; this.#got.length < count && Date.now() < end; ) {
      await setTimeout(1);
    }
    const got = this.#got.splice(0);
    const different = new Set(got);
    const name = `The client of ${this.#job === undefined ? 'all' : `the job ${this.#job}`}`;
    if (different.size < got.length) return `${name} got ${got.length - different.size} twice.`;
    if (got.length !== count) return `${name} got ${got.length} transitions, not ${count}.`;
    const isOther = this.#job === undefined && got.some((each) => !expected.has(each));
    return isOther ? `${name} got others than were stored.` : undefined;
  }

  close(): void {
    this.#socket.close();
  }
}

async function askAsPage(url: string, job: string): Promise<void> {
  for (const path of [
    `/api/farm?hours=${SHOWN}`,
    `/api/workers?hours=${SHOWN}`,
    `/api/jobs/${job}`,
  ]) {
    await (await fetch(url + path)).arrayBuffer();
  }
}

/** What is sent from each look to the next. */
function stepsOf(day: readonly FarmNotification[]): FarmNotification[][] {
  const begin = END - HOURS * HOUR;
  const steps: FarmNotification[][] = Array.from({ length: (HOURS * HOUR) / STEP }, () => []);
  for (const each of day) steps[Math.ceil((each.sent - begin) / STEP) - 1]?.push(each);
  return steps;
}

/** The jobs with the most notifications. */
function largest(day: readonly FarmNotification[], count: number): string[] {
  const jobs = [...Map.groupBy(day, jobOf)].sort(([, a], [, b]) => b.length - a.length);
  return jobs.slice(0, count).map(([job]) => job);
}
