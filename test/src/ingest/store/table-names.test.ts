import { CreateTableCommand, DescribeTableCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, inject, test } from 'vitest';
import { loadFunction } from '../../../support/load-function.ts';
import { context, event, record, task } from '../../../support/records.ts';
import { emptyTables, TASKS, withoutIndexes } from '../../../support/test-tables.ts';

test('a table may have any name that DynamoDB allows', async () => {
  const { client, environment } = await emptyTables(undefined, withoutIndexes(inject('template')));
  const TableName = '1-Farm_A.Tasks';
  const { Table } = await client.send(new DescribeTableCommand({ TableName: TASKS }));
  const { KeySchema, AttributeDefinitions } = Table ?? {};
  await client.send(
    new CreateTableCommand({
      TableName,
      KeySchema,
      AttributeDefinitions,
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const handler = await loadFunction({ ...environment, TASK_TABLE_NAME: TableName });
  for (const sent of [1_000, 1_001]) {
    const answer = await handler(event(record(task('j', 0), sent)), context());
    expect(answer).toEqual({ batchItemFailures: [] });
    const Key = { job_id: { S: 'j' }, task_id: { N: '0' } };
    const { Item } = await client.send(
      new GetItemCommand({ TableName, Key, ConsistentRead: true }),
    );
    expect(Item?.sent_timestamp).toEqual({ N: String(sent) });
  }
});
