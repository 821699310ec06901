import type { Answer, Invocation, Invocations } from './invocations.ts';
import type { PendingEdit } from './pending-edit.ts';
import type { RowState } from './row-states.ts';
import type { WorldItem } from './worlds.ts';

/** What is delivered, and what has to come of it. */
export interface Deliveries {
  readonly items: readonly WorldItem[];
  /** The items of each concurrent invocation. Each item is in at least one. */
  readonly batches: readonly (readonly WorldItem[])[];
  /** The state in which each row must end. */
  readonly expected: readonly RowState[];
  /** The numbers of the entries that there must be in the end. */
  readonly entries: readonly number[];
}

/** How many schedules there are, and how many of them leave a row or the history wrong. */
export interface Schedules {
  readonly all: bigint;
  readonly wrong: bigint;
}

export interface SearchResult extends Schedules {
  /** How many different situations the schedules pass through. */
  readonly situations: number;
  /** The steps of a schedule that leaves something wrong, if there is one. */
  readonly example: readonly string[] | undefined;
}

interface Row {
  readonly current: RowState;
  /** All states that it has had, which an eventually consistent read may answer. */
  readonly past: readonly RowState[];
}

/** An invocation whose request is under way, with what is answered so far. */
interface Running {
  readonly invocation: Invocation;
  readonly parts: readonly (RowState | 'made' | 'lost' | 'refused' | undefined)[];
}

interface Situation {
  readonly rows: readonly Row[];
  /**
   * Whether the history is wrong: a message has two entries, or a row was written or a message acknowledged by an
   * invocation that did not know its entry to be written. Entries are never gone, so otherwise all are there in
   * the end, when all messages are acknowledged.
   */
  readonly isHistoryWrong: boolean;
  readonly running: readonly Running[];
  /** Edits whose invocation no longer waits for them. Each may still be made, at any time, or never. */
  readonly stray: readonly PendingEdit[];
  /** Answers that may still get lost. */
  readonly losses: number;
  /** Items that were acknowledged. */
  readonly acknowledged: readonly WorldItem[];
  /** Whether the items that were not acknowledged have been delivered again. */
  readonly isRedelivered: boolean;
}

/** A next situation and what leads to it; `undefined` if an invocation's next step is not worked out yet. */
type Branch = readonly [what: string, next: Situation | undefined];

const NONE: Schedules = { all: 0n, wrong: 0n };

/**
 * Tries all schedules of concurrent invocations, depth first:
 *
 * - any order of their requests and, within a request, of its keys and statements
 * - a read that is eventually consistent answers any state that a row has had
 * - the answer to any request gets lost, at most `losses` times in all
 * - any invocation is killed at any write, or before it acknowledges
 * - edits of a lost or killed request are made at any later time, or never
 * - each entry is refused in turn, which counts as a loss; entries are written or not before an invocation is
 *   killed or an answer lost. Nothing else depends on when that happens
 *
 * A situation that several schedules lead to is followed once, and counted for each of them. Items that no
 * invocation acknowledged are delivered once more in the end.
 */
export async function searchSchedules(
  deliveries: Deliveries,
  invocations: Invocations,
  losses: number,
): Promise<SearchResult> {
  const search = new Search(deliveries, invocations, losses);
  for (;;) {
    const found = search.run();
    if (found) return found;
    await invocations.workOut();
  }
}

class Search {
  readonly #deliveries: Deliveries;
  readonly #invocations: Invocations;
  readonly #losses: number;
  readonly #found = new Map<string, Schedules>();
  readonly #unfinished = new Set<string>();
  readonly #trace: string[] = [];
  #example: readonly string[] | undefined;

  constructor(deliveries: Deliveries, invocations: Invocations, losses: number) {
    this.#deliveries = deliveries;
    this.#invocations = invocations;
    this.#losses = losses;
  }

  /** @returns `undefined` if there are steps to work out first */
  run(): SearchResult | undefined {
    const { batches, expected } = this.#deliveries;
    this.#unfinished.clear();
    const started = batches.map((items) => this.#invocations.begin(items));
    const running = started.flatMap((each) => (each ? [request(each)] : []));
    if (running.length < batches.length) return undefined;
    const found = this.#follow({
      rows: expected.map(() => ({ current: 0, past: [0] })),
      isHistoryWrong: false,
      running,
      stray: [],
      losses: this.#losses,
      acknowledged: [],
      isRedelivered: false,
    });
    return found && { ...found, situations: this.#found.size, example: this.#example };
  }

  #follow(situation: Situation): Schedules | undefined {
    const key = keyOf(situation);
    const known = this.#found.get(key);
    if (known || this.#unfinished.has(key)) return known;

    let { all, wrong } = this.#end(situation);
    let isFinished = true;
    for (const [what, next] of this.#branches(situation)) {
      this.#trace.push(what);
      const found = next && this.#follow(next);
      this.#trace.pop();
      if (found) {
        all += found.all;
        wrong += found.wrong;
      } else isFinished = false;
    }
    if (!isFinished) {
      this.#unfinished.add(key);
      return undefined;
    }
    const result = { all, wrong };
    this.#found.set(key, result);
    return result;
  }

  /** One schedule, if it may end here. */
  #end({ rows, isHistoryWrong, running, acknowledged }: Situation): Schedules {
    const { items, expected } = this.#deliveries;
    if (running.length > 0 || acknowledged.length < items.length) return NONE;
    const isWrong = isHistoryWrong || rows.some(({ current }, row) => current !== expected[row]);
    if (isWrong) this.#example ??= [...this.#trace];
    return { all: 1n, wrong: isWrong ? 1n : 0n };
  }

  #branches(situation: Situation): Branch[] {
    const { running, acknowledged, isRedelivered } = situation;
    const { items } = this.#deliveries;
    const ended = running.find(({ invocation }) => invocation.step.does === 'end');
    // Nothing else depends on when an invocation ends.
    if (ended) return this.#endings(ended, situation);
    const recording = running.find(({ invocation }) => invocation.step.does === 'record');
    if (recording) return this.#recordings(recording, situation);
    const strays = this.#strays(situation);
    if (running.length === 0) {
      if (isRedelivered || acknowledged.length === items.length) return strays;
      return [this.#redeliver(situation), ...strays];
    }
    return [...running.flatMap((each) => this.#requests(each, situation)), ...strays];
  }

  #redeliver(situation: Situation): Branch {
    const items = this.#deliveries.items.filter((item) => !situation.acknowledged.includes(item));
    const invocation = this.#invocations.begin(items);
    const running = invocation && [request(invocation)];
    return ['the rest is redelivered', running && { ...situation, running, isRedelivered: true }];
  }

  #recordings(each: Running, situation: Situation): Branch[] {
    const { step, id } = each.invocation;
    const all = step.does === 'record' ? step.entries : [];
    const { losses, isRedelivered } = situation;
    const { entries } = this.#deliveries;
    const become = (
      what: string,
      next: Running | undefined,
      made: readonly number[],
      left = losses,
    ): Branch => {
      const running = situation.running.map((other) => (other === each ? next : other));
      const isKnown = running.every((other) => other !== undefined);
      const isHistoryWrong =
        situation.isHistoryWrong || made.some((entry) => !entries.includes(entry));
      return [
        `${id} ${what}`,
        isKnown ? { ...situation, running, isHistoryWrong, losses: left } : undefined,
      ];
    };
    const made = all.map(() => 'made' as const);
    const branches = [become('records', this.#answer(each, made), all)];
    if (losses > 0) {
      const lost = this.#answer(each, 'none');
      branches.push(
        become('records, and gets no answer', lost, all, losses - 1),
        become('records nothing, and gets no answer', lost, [], losses - 1),
      );
    }
    if (isRedelivered) return branches;
    if (losses > 0) {
      for (const [index, entry] of all.entries()) {
        const refused = this.#answer(each, made.with(index, 'refused' as never));
        const others = all.filter((other) => other !== entry);
        branches.push(become(`is refused the entry ${entry}`, refused, others, losses - 1));
      }
    }
    const running = situation.running.filter((other) => other !== each);
    // To be killed after it is to be killed at a later write or at the end.
    return [...branches, [`${id} is killed before it records`, { ...situation, running }]];
  }

  #endings(ended: Running, situation: Situation): Branch[] {
    const { step, id } = ended.invocation;
    const stored = step.does === 'end' ? step.stored : [];
    const running = situation.running.filter((each) => each !== ended);
    const others = situation.acknowledged.filter((item) => !stored.includes(item));
    const isHistoryWrong = situation.isHistoryWrong || (step.does === 'end' && !step.isRecorded);
    const acknowledged = {
      ...situation,
      ...{ running, isHistoryWrong, acknowledged: [...others, ...stored] },
    };
    const ending: Branch = [`${id} acknowledges`, acknowledged];
    if (situation.isRedelivered) return [ending];
    return [ending, [`${id} is killed at its end`, { ...situation, running }]];
  }

  #strays({ stray, ...situation }: Situation): Branch[] {
    return [...new Set(stray)].flatMap((edit): Branch[] => {
      const rows = changed(situation.rows, edit);
      if (rows === undefined) return [];
      const others = stray.toSpliced(stray.indexOf(edit), 1);
      return [[`a stray edit ${edit.id}`, { ...situation, rows, stray: others }]];
    });
  }

  #requests(each: Running, before: Situation): Branch[] {
    const { invocation, parts } = each;
    const { step, id } = invocation;
    const isHistoryWrong = before.isHistoryWrong || (step.does === 'write' && !step.isRecorded);
    const situation = { ...before, isHistoryWrong };
    const branches: Branch[] = [];
    const become = (what: string, next: Running | undefined, rest: Partial<Situation> = {}) => {
      const running = situation.running.map((other) => (other === each ? next : other));
      const isKnown = running.every((other) => other !== undefined);
      branches.push([`${id} ${what}`, isKnown ? { ...situation, running, ...rest } : undefined]);
    };

    if (step.does === 'read' && !step.isConsistent) {
      for (const states of choices(step.rows.map((row) => situation.rows[row]?.past ?? []))) {
        become(`reads ${states}`, this.#answer(each, states));
      }
    } else if (step.does === 'read' || step.does === 'write') {
      parts.forEach((part, index) => {
        if (part !== undefined) return;
        if (step.does === 'read') {
          const { current } = situation.rows[step.rows[index] as number] as Row;
          become(`reads ${current}`, this.#answer(each, parts.with(index, current)));
          return;
        }
        const rows = changed(situation.rows, step.edits[index] as PendingEdit);
        const result = rows ? 'made' : 'lost';
        const answered = this.#answer(each, parts.with(index, result));
        become(`writes: ${result}`, answered, rows && { rows });
      });
    }

    // What is made of a request before its answer gets lost can as well be made right after.
    if (parts.some((part) => part !== undefined)) return branches;
    const edits = step.does === 'write' ? step.edits : [];
    const stray = [...situation.stray, ...edits];
    if (situation.losses > 0) {
      const losses = situation.losses - 1;
      become('gets no answer', this.#answer(each, 'none'), { stray, losses });
    }
    // To be killed at a read is to be killed at the write before it, or after it.
    if (step.does === 'write' && !situation.isRedelivered) {
      const running = situation.running.filter((other) => other !== each);
      branches.push([`${id} is killed`, { ...situation, running, stray }]);
    }
    return branches;
  }

  /** The invocation with a part of its answer or, once that is whole, at its next request. */
  #answer({ invocation }: Running, parts: Running['parts'] | 'none'): Running | undefined {
    if (parts !== 'none' && parts.some((part) => part === undefined)) return { invocation, parts };
    const next = this.#invocations.next(invocation, parts as Answer);
    return next && request(next);
  }
}

function request(invocation: Invocation): Running {
  const { step } = invocation;
  const count =
    step.does === 'read' ? step.rows.length : step.does === 'write' ? step.edits.length : 0;
  return { invocation, parts: Array.from({ length: count }, () => undefined) };
}

/** The rows after an edit; `undefined` if it is not made. */
function changed(rows: readonly Row[], edit: PendingEdit): readonly Row[] | undefined {
  const { current, past } = rows[edit.row] as Row;
  const state = edit.apply(current);
  if (state === 'lost') return undefined;
  return rows.with(edit.row, {
    current: state,
    past: past.includes(state) ? past : [...past, state],
  });
}

/** All ways to take one of each. */
function choices<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>(
    (some, list) => some.flatMap((each) => list.map((one) => [...each, one])),
    [[]],
  );
}

/** A text that is the same for situations with the same future. */
function keyOf(situation: Situation): string {
  const { rows, running, stray, losses, acknowledged } = situation;
  return [
    rows.map(({ current, past }) => `${current}:${past.toSorted().join()}`),
    running.map(({ invocation, parts }) => `${invocation.id}:${parts.join()}`).sort(),
    stray.map(({ id }) => id).sort(),
    acknowledged.map(({ number }) => number).sort(),
    [losses, situation.isHistoryWrong, situation.isRedelivered],
  ]
    .map((part) => part.join(' '))
    .join('|');
}
