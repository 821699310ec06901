import { beforeEach, expect, test } from 'vitest';
import { loadFunction } from '../../../support/load-function.ts';
import { context, event, job, record, task } from '../../../support/records.ts';
import { emptyTables } from '../../../support/test-tables.ts';

const { environment, row } = await emptyTables();
const keeping = await loadFunction(environment);
const expiring = await loadFunction({ ...environment, RETENTION_DAYS: '30' });

let jobId: string;
beforeEach(() => {
  jobId = crypto.randomUUID();
});

const sentAt = (sent: number, fields?: object) => event(record(task(jobId, 0, fields), sent));

test('each row has its expiry time in whole seconds, counted from its send time', async () => {
  await expiring(
    event(record(job(jobId), 1_597_352_219_000), record(task(jobId, 0), 1_597_352_219_999)),
    context(),
  );
  expect((await row(jobId))?.expires_at).toEqual({ N: '1599944219' });
  expect((await row(jobId, 0))?.expires_at).toEqual({ N: '1599944219' });
});

test('without a retention, no row expires', async () => {
  await keeping(sentAt(1_000), context());
  expect(await row(jobId, 0)).not.toHaveProperty('expires_at');
});

test.for([1, 'never', { a: 1 }])(
  'expires_at %j in a body is replaced, unless rows are kept',
  async (expires_at) => {
    await expiring(sentAt(1_000, { expires_at }), context());
    expect((await row(jobId, 0))?.expires_at).toEqual({ N: '2592001' });
    await keeping(sentAt(1_001, { expires_at: `${expires_at} as sent` }), context());
    expect((await row(jobId, 0))?.expires_at).toEqual({ S: `${expires_at} as sent` });
  },
);

test.for([
  ['in order', [1_000, 87_400_000]],
  ['the wrong way round', [87_400_000, 1_000]],
  ['again and again', [1_000, 87_400_000, 1_000, 87_400_000]],
] as const)(
  'delivered %s, the row has the expiry time of its newest notification',
  async ([, all]) => {
    for (const sent of all) await expiring(sentAt(sent), context());
    expect((await row(jobId, 0))?.expires_at).toEqual({ N: '2679400' });
  },
);

test("turned off, the next newer notification removes a row's expiry; older ones do not change it", async () => {
  await expiring(sentAt(2_000), context());
  const before = await row(jobId, 0);
  for (const sent of [1_999, 2_000]) await keeping(sentAt(sent), context());
  expect(await row(jobId, 0)).toEqual(before);

  await keeping(sentAt(2_001, { state: 'kept' }), context());
  expect(await row(jobId, 0)).toMatchObject({ state: { S: 'kept' } });
  expect(await row(jobId, 0)).not.toHaveProperty('expires_at');
});

test('turned on, the next newer notification gives a row an expiry; older ones do not change it', async () => {
  await keeping(sentAt(2_000), context());
  const before = await row(jobId, 0);
  for (const sent of [1_999, 2_000]) await expiring(sentAt(sent), context());
  expect(await row(jobId, 0)).toEqual(before);

  await expiring(sentAt(2_001), context());
  expect((await row(jobId, 0))?.expires_at).toEqual({ N: '2592002' });
});
