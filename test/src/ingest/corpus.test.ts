import assert from 'node:assert/strict';
import { expect, test } from 'vitest';
import { toItemOrOutcome } from '../../../src/ingest/ingest.ts';
import { loadFunction } from '../../support/load-function.ts';
import { readCorpus } from '../../support/read-corpus.ts';
import { context, event, job, record, task } from '../../support/records.ts';
import { emptyTables } from '../../support/test-tables.ts';

const { environment, row, rowsOf } = await emptyTables();
const handler = await loadFunction(environment);
const UNTOUCHED = Object.getOwnPropertyNames(Object.prototype);

for (const { name, jobId, record: odd, expected } of await readCorpus()) {
  test(`${name} is ${expected.outcome}, and its neighbours are stored`, async () => {
    const neighbour = crypto.randomUUID();
    const batch = event(record(task(neighbour, 0)), odd, record(job(neighbour)));
    const failed = expected.outcome === 'refused' ? [{ itemIdentifier: odd.messageId }] : [];
    expect(await handler(batch, context())).toEqual({ batchItemFailures: failed });
    expect(await row(neighbour, 0)).toBeDefined();
    expect(await row(neighbour)).toBeDefined();

    if (expected.outcome === 'refused') {
      expect(toItemOrOutcome(odd)).toEqual({
        status: 'invalid',
        reason: expect.stringContaining(expected.reason),
      });
      expect(await rowsOf(jobId)).toEqual([]);
    } else {
      const [stored = {}, ...others] = await rowsOf(expected.row.job_id?.S ?? jobId);
      expect(others).toEqual([]);
      const shown = Object.entries(stored).filter(([each]) => Object.hasOwn(expected.row, each));
      // Unlike `toEqual`, it compares what is named `__proto__`.
      assert.deepEqual(Object.fromEntries(shown), expected.row);
    }
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(UNTOUCHED);
  });
}
