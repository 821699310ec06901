import assert from 'node:assert/strict';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { toItemOrOutcome } from '../../../../src/ingest/ingest.ts';
import startedTask from '../../../../src/shared/samples/started-task.json' with { type: 'json' };
import stoppedJob from '../../../../src/shared/samples/stopped-job.json' with { type: 'json' };
import stoppedTask from '../../../../src/shared/samples/stopped-task.json' with { type: 'json' };
import golden from '../../../support/documented-example.json' with { type: 'json' };
import { loadFunction } from '../../../support/load-function.ts';
import { jsonOf, type Node, nodeOf, rowOf } from '../../../support/model.ts';
import { mutated, mutation } from '../../../support/mutations.ts';
import { oddKey } from '../../../support/odd.ts';
import { predict } from '../../../support/prediction.ts';
import { readCorpus } from '../../../support/read-corpus.ts';
import { context, event, record, task } from '../../../support/records.ts';
import { emptyTables, type RawItem } from '../../../support/test-tables.ts';
import { withoutEmpty } from '../../../support/without-empty.ts';

const { environment, row, rowsOf } = await emptyTables();
const functions = {
  keep: await loadFunction(environment),
  omit: await loadFunction({ ...environment, EMPTY_FIELDS: 'omit' }),
};
const RULES = { emptyFields: 'omit' } as const;

let jobId: string;
beforeEach(() => {
  jobId = crypto.randomUUID();
});

test.for(golden)('$name is stored without its empty fields', async ({ event, jobs, tasks }) => {
  const tables = await emptyTables();
  const omit = await loadFunction({ ...tables.environment, EMPTY_FIELDS: 'omit' });
  expect(await omit(event as never, context())).toEqual({ batchItemFailures: [] });
  const [item = {}] = [...jobs, ...tasks] as unknown as RawItem[];
  const stored = await tables.rowsOf(item.job_id?.S ?? '');
  expect(stored.map((each) => rowOf(each))).toEqual([withoutEmpty(rowOf(item))]);
});

test('the documented task lacks its empty fields, and keeps all others', async () => {
  const { TaskDetails } = stoppedTask;
  const sent = { ...stoppedTask, TaskDetails: { ...TaskDetails, JobID: jobId } };
  await functions.omit(event(record(sent)), context());
  const { task_details, worker_info, ...others } = (await row(jobId, 0)) ?? {};
  const empty = ['RenderStatus', 'Properties', 'ExtraElements'];
  expect(Object.keys(task_details?.M ?? {}).sort()).toEqual(
    Object.keys(TaskDetails)
      .filter((name) => !empty.includes(name))
      .sort(),
  );
  expect(worker_info).toEqual({ M: { CPUs: { N: '12' } } });
  expect(Object.keys(others).sort()).toEqual(
    'job_id notification_info protocol_version sent_timestamp source task_id task_type timestamp'.split(
      ' ',
    ),
  );
});

test.for([
  ['an empty text', '""', undefined],
  ['null', 'null', undefined],
  ['an empty list', '[]', undefined],
  ['an empty map', '{}', undefined],
  ['a map of nothing but empty fields', '{"a":"","b":{"c":null,"d":[]},"e":{}}', undefined],
  ['zero', '0', { N: '0' }],
  ['false', 'false', { BOOL: false }],
  ['a blank', '" "', { S: ' ' }],
  [
    'a map that holds something in its depth',
    '{"a":{"b":{"c":"","d":0}},"e":{"f":{}},"g":""}',
    { M: { a: { M: { b: { M: { d: { N: '0' } } } } } } },
  ],
  [
    'a list of empty elements',
    '["",null,[],{}]',
    { L: [{ NULL: true }, { NULL: true }, { L: [] }, { M: {} }] },
  ],
  [
    'a list of maps with empty fields',
    '[{"a":"","b":1},{"c":{}},[{"d":null}]]',
    { L: [{ M: { b: { N: '1' } } }, { M: {} }, { L: [{ M: {} }] }] },
  ],
  ['a map of a list of an empty map', '{"a":[{}],"b":[]}', { M: { a: { L: [{ M: {} }] } } }],
  [
    'names that JavaScript knows, empty',
    '{"__proto__":"","constructor":{},"toString":{"__proto__":[]}}',
    undefined,
  ],
  [
    'names that JavaScript knows, filled',
    '{"__proto__":{"__proto__":1,"a":""},"constructor":{"__proto__":null}}',
    JSON.parse('{"M":{"__proto__":{"M":{"__proto__":{"N":"1"}}}}}'),
  ],
] as const)('%s as %s is kept', async ([, json, expected]) => {
  const body = JSON.stringify(task(jobId, 0, { X: 0 })).replace('"X":0', `"X":${json}`);
  await functions.omit(event(record(body)), context());
  const [{ X, ...others } = {}] = await rowsOf(jobId);
  assert.deepEqual(X, expected);
  expect(Object.keys(others)).toContain('task_details');
});

/** The row of a small task, but for its fields at the top. */
const rowAt = (sent: number) => ({
  job_id: { S: jobId },
  task_id: { N: '0' },
  task_type: { S: 'StoppedTaskNotification' },
  sent_timestamp: { N: String(sent) },
  task_details: { M: { JobID: { S: jobId }, TaskID: { N: '0' }, Status: { S: 'Completed' } } },
  notification_info: { M: { Name: { S: 'StoppedTaskNotification' } } },
});

test('required attributes stay, and an attribute that loses to an empty field is left out, too', async () => {
  const fields = { job_id: '', task_id: {}, task_type: null, sent_timestamp: [], expires_at: '' };
  const sent = task(jobId, 0, { ...fields, Timestamp: '', timestamp: '2020-01-01T00:00:00Z' });
  const omit = await loadFunction({ ...environment, EMPTY_FIELDS: 'omit', RETENTION_DAYS: '30' });
  await omit(event(record(sent, 1_000)), context());
  expect(await row(jobId, 0)).toEqual({ ...rowAt(1_000), expires_at: { N: '2592001' } });
});

const TOP = {
  keep: { timestamp: { NULL: true }, X: { NULL: true }, Y: { M: { a: { L: [] }, b: { N: '1' } } } },
  omit: { Y: { M: { b: { N: '1' } } } },
};
test.for([
  ['keep', 'omit'],
  ['omit', 'keep'],
] as const)(
  'from %s to %s, a row changes with its next newer notification; older ones do not change it',
  async ([before, after]) => {
    const sentAt = (sent: number) =>
      event(record(task(jobId, 0, { Timestamp: '', X: null, Y: { a: [], b: 1 } }), sent));
    await functions[before](sentAt(2_000), context());
    for (const sent of [1_999, 2_000]) await functions[after](sentAt(sent), context());
    expect(await row(jobId, 0)).toEqual({ ...rowAt(2_000), ...TOP[before] });

    await functions[after](sentAt(2_001), context());
    expect(await row(jobId, 0)).toEqual({ ...rowAt(2_001), ...TOP[after] });
  },
);

test('each odd message has the same row without empty fields, or the same reason', async () => {
  for (const { name, record } of await readCorpus()) {
    const [kept, omitted] = [toItemOrOutcome(record), toItemOrOutcome(record, RULES)];
    if ('attributes' in kept && 'attributes' in omitted) {
      assert.deepEqual(rowOf(omitted.attributes), withoutEmpty(rowOf(kept.attributes)), name);
    } else {
      expect(omitted, name).toEqual(kept);
    }
  }
});

test.for([
  ['X.a."": an empty name', { a: { '': null } }],
  ['half of a surrogate pair', { '\ud83d': '' }],
  ['a name of more than', { ['n'.repeat(65_536)]: [] }],
] as const)('%s rejects a field that would be left out', ([reason, X]) => {
  expect(toItemOrOutcome(record(task(jobId, 0, { X })), RULES)).toEqual({
    status: 'invalid',
    reason: expect.stringContaining(reason),
  });
});

test('any documented notification with odd values becomes the predicted row without empty fields', () => {
  const { hollow } = fc.letrec<{ hollow: Node }>((tie) => ({
    hollow: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('', null, [], {}, 0, false, 'a').map(nodeOf),
      fc.record({
        kind: fc.constantFrom('list', 'map'),
        entries: fc.array(fc.record({ key: oddKey, value: tie('hollow') }), { maxLength: 3 }),
      }),
    ),
  }));
  const hollowed = fc.tuple(mutation, hollow).map(([each, value]) => ({ ...each, value }));
  fc.assert(
    fc.property(
      fc.constantFrom<object>(startedTask, stoppedJob, stoppedTask),
      fc.array(fc.oneof(mutation, hollowed), { minLength: 1, maxLength: 5 }),
      (sample, mutations) => {
        const body = mutated(nodeOf(sample), mutations, jobId);
        const row = predict(body, '1597352219300');
        const parsed = toItemOrOutcome(record(jsonOf(body), '1597352219300'), RULES);
        const made = 'attributes' in parsed ? rowOf(parsed.attributes) : undefined;
        assert.deepEqual(made, row && withoutEmpty(row));
      },
    ),
    { numRuns: 1_000 },
  );
});
