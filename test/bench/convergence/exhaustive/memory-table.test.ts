import { type AttributeValue, BatchExecuteStatementCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdit } from '../../../../bench/convergence/exhaustive/memory-table.ts';
import type { Attributes } from '../../../../src/ingest/item/attribute-value.ts';
import type { Edit } from '../../../../src/ingest/store/edit.ts';
import { statementFailures } from '../../../../src/ingest/store/failure.ts';
import { toStatement } from '../../../../src/ingest/store/statement.ts';
import { emptyTables, TASKS } from '../../../support/test-tables.ts';

const { client, row } = await emptyTables();

const NAMES = ['sent_timestamp', 'timestamp', 'task_type', 'a', 'b "c"'];
const value = fc.constantFrom<AttributeValue[]>(
  { S: 'x' },
  { S: 'y' },
  { N: '1' },
  { N: '2' },
  { NULL: true },
  { M: { x: { S: 'x' }, y: { L: [{ N: '1' }] } } },
  { M: { x: { S: 'x' }, y: { L: [{ N: '2' }] } } },
);
const attributes = fc.dictionary(fc.constantFrom(...NAMES.slice(1)), value);
const sent = fc.constantFrom({ N: '1' }, { N: '2' });
const set = fc
  .tuple(sent, attributes)
  .map(([sent_timestamp, others]): Attributes => ({ sent_timestamp, ...others }));

/** An edit as the function may ask for, or one that it never would. */
const edit = fc.oneof(
  set.map((insert) => ({ insert })),
  fc.record({
    set,
    remove: fc.subarray(NAMES.slice(1)),
    where: fc
      .dictionary(fc.constantFrom(...NAMES), fc.option(value, { nil: undefined, freq: 3 }))
      .map((where) => new Map(Object.entries(where))),
  }),
);

test('any edits of a row have the same outcome as in DynamoDB', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
      const jobId = crypto.randomUUID();
      const key = { job_id: { S: jobId }, task_id: { N: '0' } };
      let expected: Attributes | undefined;
      for (const each of edits) {
        const whole: Edit =
          'insert' in each
            ? { insert: { ...each.insert, ...key } }
            : {
                ...each,
                key,
                set: { ...each.set, ...key },
                remove: each.remove.filter((name) => !Object.hasOwn(each.set, name)),
              };
        const { Responses = [] } = await client.send(
          new BatchExecuteStatementCommand({ Statements: [toStatement(TASKS, whole)] }),
        );
        const [failure] = statementFailures(1, Responses);
        const after = applyEdit(expected, whole);
        expect(failure?.kind).toBe(after === 'lost' ? 'lost' : undefined);
        if (after !== 'lost') expected = after;
      }
      expect(await row(jobId, 0)).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});
