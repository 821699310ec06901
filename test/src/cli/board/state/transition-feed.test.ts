import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BoardState } from '../../../../../src/cli/board/state/board-state.ts';
import type { FarmNotification } from '../../../../../src/local/farm/simulate-farm.ts';
import type { Transition } from '../../../../../src/shared/history-entry.ts';
import { boardNight } from '../../../../support/board-night.ts';
import { stoppedJob, taskIn } from '../../../../support/stack-to-ask.ts';

const [SECOND, MINUTE, DAY] = [1_000, 60_000, 24 * 60 * 60_000];

/** What happens at once: the farm's clock goes on, rows come late by so many ms, clients or the board break. */
interface Step {
  readonly pause: number;
  readonly jobs: readonly number[];
  readonly tasks: readonly number[];
  readonly breaks: 'nothing' | 'farm' | 'job' | 'board';
}

const late = fc.oneof(fc.constant(0), fc.nat(90 * SECOND), fc.nat(10 * MINUTE));
const step: fc.Arbitrary<Step> = fc.record({
  pause: fc.oneof(fc.constant(5 * SECOND), fc.nat(90 * SECOND)),
  jobs: fc.array(late, { maxLength: 1 }),
  tasks: fc.array(late, { maxLength: 2 }),
  breaks: fc.constantFrom('nothing', 'nothing', 'farm', 'job', 'board'),
});

const { board, clock, store } = await boardNight();
clock.now = Date.UTC(2026, 10, 26, 9);
let farms = 0;

/** A client that connects again after it was cut off, with the id of its last transition. */
class Client {
  readonly got: string[] = [];
  /** Those that came twice. */
  readonly twice: string[] = [];
  readonly #filter: { readonly job?: string; readonly since: number };
  readonly #nameOf: (transition: Transition) => string;
  #last: { readonly id: string; readonly name: string } | undefined;
  #feed: Disposable | undefined;
  #mayRepeat = false;

  constructor(
    filter: { readonly job?: string; readonly since: number },
    nameOf: (transition: Transition) => string,
  ) {
    this.#filter = filter;
    this.#nameOf = nameOf;
  }

  /** @param fresh what this board saw come: of the others, it cannot know what came before them */
  connect(state: BoardState, fresh: ReadonlySet<string>): void {
    const { job, since } = this.#filter;
    const begin = this.#last === undefined ? { since } : { after: this.#last.id };
    this.#mayRepeat = this.#last !== undefined && !fresh.has(this.#last.name);
    this.#feed = state.feed({ ...(job && { job }), ...begin }, (transition) => {
      const name = this.#nameOf(transition);
      if (!this.got.includes(name)) this.got.push(name);
      else if (!this.#mayRepeat) this.twice.push(name);
      this.#last = { id: transition.id, name };
    });
  }

  cut(): void {
    this.#feed?.[Symbol.dispose]();
  }
}

test('each client gets each transition once, also those that come late, and after it was cut off', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 15 }), async (steps) => {
      farms += 1;
      clock.now += 2 * DAY;
      const job = `job-${farms}`;
      const since = clock.now - 20 * MINUTE;
      const clients = {
        farm: new Client({ since }, (each) => each.job),
        job: new Client({ job, since }, (each) => String(each.task)),
      };
      const stored = { farm: [] as string[], job: [] as string[] };
      const fresh = new Set<string>();
      let state = board();
      await using _ = { [Symbol.asyncDispose]: () => state[Symbol.asyncDispose]() };
      let others = state.feed({ job }, () => undefined);
      for (const client of Object.values(clients)) client.connect(state, fresh);
      for (const { pause, jobs, tasks, breaks } of steps) {
        clock.now += pause;
        if (breaks === 'farm' || breaks === 'job') clients[breaks].cut();
        if (breaks === 'board') {
          others[Symbol.dispose]();
          for (const client of Object.values(clients)) client.cut();
          await state[Symbol.asyncDispose]();
        }
        const notifications: FarmNotification[] = [];
        const happen = (sent: number, body: object) =>
          notifications.push({
            sent,
            body: { ...body, Timestamp: new Date(sent).toISOString() },
          } as FarmNotification);
        for (const ago of jobs) {
          const id = `${job}-${stored.farm.length}`;
          stored.farm.push(id);
          happen(clock.now - ago, stoppedJob(id, 'Completed'));
        }
        for (const ago of tasks) {
          const id = stored.job.length;
          stored.job.push(String(id));
          happen(clock.now - ago, taskIn(job, id, 'Completed'));
        }
        await store(notifications);
        if (breaks === 'board') {
          state = board();
          others = state.feed({ job }, () => undefined);
          fresh.clear();
          for (const client of Object.values(clients)) client.connect(state, fresh);
        } else {
          for (const { body } of notifications) {
            const name = 'JobDetails' in body ? body.JobDetails.JobID : body.TaskDetails.TaskID;
            fresh.add(String(name));
          }
        }
        await state.look();
        if (breaks === 'farm' || breaks === 'job') clients[breaks].connect(state, fresh);
      }
      clock.now += 61 * SECOND;
      await state.look();
      await state.look();
      for (const each of ['farm', 'job'] as const) {
        expect(clients[each].got.toSorted()).toEqual(stored[each].toSorted());
        expect(clients[each].twice).toEqual([]);
      }
    }),
    { numRuns: 1 },
  );
});
