import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gather } from '../../../../src/alerts/gather/gather.ts';
import type { AlertMessage } from '../../../../src/alerts/message/alert-message.ts';
import type { JobTransition, Transition } from '../../../../src/shared/history-entry.ts';
import { TRANSITIONS, type TransitionName } from '../../../../src/shared/transitions.ts';
import {
  alertThat,
  jobThat,
  NOW,
  rowOf,
  tablesWith,
  taskThat,
} from '../../../support/alert-batches.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const idsOf = (messages: readonly { readonly transitions: readonly Transition[] }[]) =>
  messages.flatMap(({ transitions }) => transitions.map(({ id }) => id)).sort();

const USERS = ['anna', 'annika', 'comp-1'];
const DEPARTMENTS = ['fx', null];
const WORKERS = ['render-034', 'render-007', null];

/** A farm's batch: jobs with and without rows, some of which stop in it, of now and from long ago. */
const anyTransition = fc
  .record({
    job: fc.integer({ min: 1, max: 14 }),
    task: fc.nat(4),
    transition: fc.constantFrom(...TRANSITIONS),
    seconds: fc.oneof(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 3_590, max: 3_610 })),
    worker: fc.constantFrom(...WORKERS),
    user: fc.constantFrom(...USERS),
    department: fc.constantFrom(...DEPARTMENTS),
  })
  .map(({ job, task, transition, seconds, worker, user, department }) =>
    transition.startsWith('job-')
      ? jobThat(transition, `j${job}`, seconds, { user, department })
      : taskThat(transition, `j${job}`, task, seconds, { worker }),
  );
const anyBatch = fc.uniqueArray(anyTransition, { maxLength: 60, selector: ({ id }) => id });
const anyAlert = fc.record({
  when: fc.uniqueArray(fc.constantFrom(...TRANSITIONS), { minLength: 1, maxLength: 10 }),
  user: fc.option(fc.constantFrom('ann*', 'comp-?', 'ANNA'), { nil: undefined }),
  department: fc.option(fc.constantFrom('fx', '*'), { nil: undefined }),
  worker: fc.option(fc.constantFrom('render-034', '*007'), { nil: undefined }),
});
type Written = typeof anyAlert extends fc.Arbitrary<infer Each> ? Each : never;
/** Jobs with an even number have a row. */
const ROWS = upTo(15)
  .filter((each) => each % 2 === 0)
  .map((each) =>
    rowOf(`j${each}`, { user: USERS[each % 3], department: each % 4 ? 'fx' : undefined }),
  );

/** What fits a filter, by a table in place of patterns. */
const FITTING: Readonly<Record<string, readonly string[]>> = {
  'ann*': ['anna', 'annika'],
  'comp-?': ['comp-1'],
  ANNA: ['anna'],
  fx: ['fx'],
  '*': ['fx', ''],
  'render-034': ['render-034'],
  '*007': ['render-007'],
};
const fits = (filter: string | undefined, value: string | undefined) =>
  filter === undefined || value === undefined || FITTING[filter]?.includes(value) === true;

/** Whether an alert tells a transition, as its page says. */
function isTold(each: Transition, batch: readonly Transition[], alert: Written): boolean {
  const stops = batch.filter(({ job, task }) => job === each.job && task === null);
  const [stop] = stops.toSorted((a, b) => (`${a.at}${a.id}` < `${b.at}${b.id}` ? 1 : -1));
  const row = ROWS.find(({ id }) => id === each.job);
  const facts = (stop as JobTransition | undefined) ?? row;
  return (
    alert.when.includes(each.transition) &&
    fits(alert.user, facts?.user ?? undefined) &&
    fits(alert.department, facts && (facts.department ?? '')) &&
    (alert.worker === undefined ||
      (each.task !== null && fits(alert.worker, each.worker ?? undefined)))
  );
}

const written = (alert: Written) =>
  Object.fromEntries(Object.entries(alert).filter(([, value]) => value));

/** An alert whose worker can be meant: only tasks have one. */
const isValid = ({ when, worker }: Written) =>
  !worker || when.some((each) => each.startsWith('task-'));

test('what an alert selects is told once, and nothing else is', async () => {
  await fc.assert(
    fc.asyncProperty(anyBatch, anyAlert.filter(isValid), async (batch, alert) => {
      const { lookups } = tablesWith(ROWS);
      const messages = await gather(batch, [alertThat(written(alert))], lookups, NOW);
      const expected = batch.filter((each) => isTold(each, batch, alert)).map(({ id }) => id);
      expect(idsOf(messages)).toEqual(expected.sort());
    }),
    { numRuns: 300 },
  );
});

test('the order of a batch does not matter, nor what comes in it twice', async () => {
  const shuffled = fc.tuple(anyBatch, fc.infiniteStream(fc.nat())).map(([batch, keys]) => {
    const weights = new Map(batch.map((each) => [each.id, Number(keys.next().value)]));
    const weightOf = ({ id }: Transition) => weights.get(id) ?? 0;
    return [batch, [...batch, ...batch.slice(0, 3)].sort((a, b) => weightOf(a) - weightOf(b))];
  });
  await fc.assert(
    fc.asyncProperty(shuffled, async ([batch = [], other = []]) => {
      const alerts = [
        alertThat({ when: TRANSITIONS }),
        alertThat({ name: 'fx', department: 'fx' }),
      ];
      const { lookups } = tablesWith(ROWS);
      const messages = await gather(batch, alerts, lookups, NOW);
      expect(await gather(other, alerts, lookups, NOW)).toEqual(messages);
    }),
    { numRuns: 100 },
  );
});

test('what a message counts is what it tells, by a count of its own', async () => {
  await fc.assert(
    fc.asyncProperty(anyBatch, async (batch) => {
      const { lookups } = tablesWith(ROWS);
      const alert = alertThat({ when: ['task-failed', 'task-requeued', 'job-completed'] });
      for (const message of await gather(batch, [alert], lookups, NOW)) holdCounts(message);
    }),
    { numRuns: 200 },
  );
});

/** Counts anew, by texts in place of maps. */
function holdCounts(message: AlertMessage) {
  const { transitions } = message;
  const times = transitions.map(({ at }) => Date.parse(at));
  expect([message.begin, message.end]).toEqual([Math.min(...times), Math.max(...times)]);
  const tasksWith = (...names: TransitionName[]) => {
    const of = transitions.filter(({ transition }) => names.includes(transition));
    return new Set(of.map(({ job, task }) => `${job} ${task}`)).size;
  };
  if (message.kind === 'late') {
    for (const [name, count] of message.counts) {
      expect(count).toBe(transitions.filter(({ transition }) => transition === name).length);
    }
    expect(sum(message.counts.values())).toBe(transitions.length);
  } else if (message.kind === 'digest') {
    const { worst, more, tasks } = message;
    expect(tasks).toBe(tasksWith('task-failed', 'task-requeued'));
    expect(sum(worst.map((each) => each.tasks)) + more.tasks).toBe(tasks);
    expect(worst.length + more.jobs).toBe(new Set(transitions.map(({ job }) => job)).size);
    expect(sum(message.counts.values())).toBe(worst.length + more.jobs);
    expect(sum(message.workers.map(([, count]) => count)) % tasks || 0).toBe(0);
  } else if (message.transition === 'job-completed') {
    expect(message.count).toBe(0);
    expect(sum(message.also.values())).toBe(tasksWith('task-failed') + tasksWith('task-requeued'));
  } else {
    expect(message.count).toBe(tasksWith(message.transition));
    const other = message.transition === 'task-failed' ? 'task-requeued' : 'task-failed';
    expect(sum(message.also.values())).toBe(tasksWith(other));
  }
}

function sum(counts: Iterable<number>): number {
  return [...counts].reduce((total, count) => total + count, 0);
}

test('up to ten jobs have a message each; more share one', async () => {
  const failures = (jobs: number) => upTo(jobs).map((job) => taskThat('task-failed', `j${job}`, 1));
  const { lookups } = tablesWith();
  const kinds = async (jobs: number) =>
    (await gather(failures(jobs), [alertThat()], lookups, NOW)).map(({ kind }) => kind);
  expect(await kinds(10)).toEqual(upTo(10).map(() => 'job'));
  expect(await kinds(11)).toEqual(['digest']);
});

test('what is older than an hour by its own time is one message of counts, and is no job of a digest', async () => {
  const late = upTo(30).map((job) => taskThat('task-failed', `old${job}`, 1, 3_601));
  const inTime = [taskThat('task-failed', 'j1', 1, 3_600), jobThat('job-failed', 'j2')];
  const alert = alertThat({ when: ['job-failed', 'task-failed'] });
  const { lookups, asked } = tablesWith();
  const messages = await gather(
    [...inTime, ...late, jobThat('job-failed', 'old1', 7_200)],
    [alert],
    lookups,
    NOW,
  );
  expect(messages.map(({ kind }) => kind)).toEqual(['late', 'job', 'job']);
  expect(messages[0]).toMatchObject({
    alert: 'failures',
    counts: new Map([
      ['job-failed', 1],
      ['task-failed', 30],
    ]),
    begin: NOW - 7_200_000,
    end: NOW - 3_601_000,
  });
  // It is told without names.
  expect(asked.jobs).toEqual(['j1']);
});

test('only what some alert needs is looked up, and once for all alerts', async () => {
  const batch = [
    taskThat('task-failed', 'no row', 1),
    taskThat('task-failed', 'stops', 1),
    jobThat('job-failed', 'stops'),
    taskThat('task-requeued', 'not told', 1),
    taskThat('task-failed', 'elsewhere', 1, 60, { worker: 'render-007' }),
    taskThat('task-failed', 'late', 1, 7_200),
  ];
  const { lookups, asked } = tablesWith();
  const ofWorker = { worker: 'render-036' };
  await gather(
    batch,
    [alertThat(ofWorker), alertThat({ ...ofWorker, name: 'again' })],
    lookups,
    NOW,
  );
  expect(asked).toEqual({ jobs: ['no row'], histories: [] });

  const jobFailed = { when: ['job-failed'] };
  await gather(
    batch,
    [alertThat(jobFailed), alertThat({ ...jobFailed, name: 'again' })],
    lookups,
    NOW,
  );
  expect(asked).toEqual({ jobs: ['no row'], histories: ['stops'] });

  // A filter asks for the job of what is late, too.
  await gather(batch, [alertThat({ user: 'anna' })], lookups, NOW);
  expect(asked.jobs).toEqual(['no row', 'late', 'elsewhere', 'no row']);
});

test('nothing is asked where nothing is told', async () => {
  const { lookups, asked } = tablesWith();
  const batch = [taskThat('task-requeued', 'j1', 1)];
  expect(await gather(batch, [alertThat({ user: 'anna' })], lookups, NOW)).toEqual([]);
  expect(await gather([], [alertThat()], lookups, NOW)).toEqual([]);
  expect(asked).toEqual({ jobs: [], histories: [] });
});

test('in a digest, the failed tasks are those of the batch: no history is read', async () => {
  const batch = upTo(12).flatMap((job) => [
    jobThat('job-failed', `j${job}`),
    ...upTo(job).map((task) => taskThat('task-failed', `j${job}`, task)),
  ]);
  const { lookups, asked } = tablesWith();
  const [message] = await gather(batch, [alertThat({ when: ['job-failed'] })], lookups, NOW);
  expect(message).toMatchObject({
    kind: 'digest',
    tasks: 66,
    counts: new Map([['job-failed', 12]]),
  });
  expect(asked).toEqual({ jobs: [], histories: [] });
});
