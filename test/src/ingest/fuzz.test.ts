import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toItemOrOutcome } from '../../../src/ingest/ingest.ts';
import startedTask from '../../../src/shared/samples/started-task.json' with { type: 'json' };
import stoppedJob from '../../../src/shared/samples/stopped-job.json' with { type: 'json' };
import stoppedTask from '../../../src/shared/samples/stopped-task.json' with { type: 'json' };
import { edit, edited } from '../../support/edits.ts';
import { loadFunction } from '../../support/load-function.ts';
import { jsonOf, nodeOf, type Row, rowOf } from '../../support/model.ts';
import { mutated, mutation } from '../../support/mutations.ts';
import { predict } from '../../support/prediction.ts';
import { context, event, record, task } from '../../support/records.ts';
import { emptyTables } from '../../support/test-tables.ts';

const { environment, rowsOf } = await emptyTables();
const handler = await loadFunction(environment);
const SENT = '1597352219300';
const UNTOUCHED = Object.getOwnPropertyNames(Object.prototype);
/** With a limit of time, a failure that takes long to shrink is still printed, with its seed. */
const OPTIONS = { numRuns: 40, interruptAfterTimeLimit: 45_000 };
const BATCH = { minLength: 1, maxLength: 20, size: 'max' } as const;
const documented = fc.constantFrom<object>(startedTask, stoppedJob, stoppedTask);

interface Message {
  readonly body: string;
  /** What it is to be stored as; `undefined` where it is to be refused. */
  readonly row: Row | undefined;
}

/**
 * Delivers messages in one batch, with a good one after each, and looks for what was predicted.
 *
 * @param read how numbers are compared
 */
async function check(messages: readonly Message[], read?: (number: string) => string) {
  const neighbour = crypto.randomUUID();
  const odd = messages.map((message) => ({ ...message, record: record(message.body, SENT) }));
  const good = odd.map((_, index) => record(task(neighbour, index)));
  const batch = odd.flatMap((each, index) => [each.record, ...good.slice(index, index + 1)]);
  const { batchItemFailures } = await handler(event(...batch), context());
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));

  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(UNTOUCHED);
  expect(good.filter(({ messageId }) => failed.has(messageId))).toEqual([]);
  expect(await rowsOf(neighbour)).toHaveLength(good.length);
  await Promise.all(
    odd.map(async ({ row, body, record }) => {
      const isRefused = failed.has(record.messageId);
      expect(isRefused, body).toBe(row === undefined);
      if (isRefused) {
        const reason = expect.stringMatching(/^.+: .+$/s);
        expect(toItemOrOutcome(record), body).toEqual({ status: 'invalid', reason });
      } else if (row) {
        const { S: jobId } = row.get('job_id') as { S: string };
        const rows = await rowsOf(jobId);
        const stored = rows.map((each) => rowOf(each, read));
        assert.deepEqual(stored, [row]);
      }
    }),
  );
}

test('a notification with odd values, odd names, and gaps is stored exactly, or rejected', async () => {
  const mutant = fc.record({
    sample: documented,
    mutations: fc.array(mutation, { minLength: 1, maxLength: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(mutant, BATCH), (mutants) =>
      check(
        mutants.map(({ sample, mutations }) => {
          const body = mutated(nodeOf(sample), mutations, crypto.randomUUID());
          return { row: predict(body, SENT), body: jsonOf(body) };
        }),
      ),
    ),
    OPTIONS,
  );
});

test('a mutated notification is stored as JSON.parse reads it, or rejected', async () => {
  const mistyped = fc.record({
    sample: documented,
    edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(mistyped, BATCH), (all) =>
      check(
        all.map(({ sample, edits }) => {
          const own = JSON.stringify(sample).replace(/(?<="JobID":")/, crypto.randomUUID());
          const body = edited(own, edits);
          return { row: predict(parsed(body), SENT), body };
        }),
        // So few edits leave each number as much a double as it was.
        (number) => String(Number(number)),
      ),
    ),
    OPTIONS,
  );
});

function parsed(body: string) {
  try {
    return nodeOf(JSON.parse(body));
  } catch {
    return nodeOf(null);
  }
}
