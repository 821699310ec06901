import { ListTablesCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { monthlyReadPrice, ReadUnits, readPrice } from '../../bench/read-units.ts';
import { emptyTables, TASKS } from '../support/test-tables.ts';

test('a query that finds nothing takes half a unit, and a request that reads no table none', async () => {
  const { client } = await emptyTables();
  const units = new ReadUnits(client);
  const query = new QueryCommand({
    TableName: TASKS,
    KeyConditionExpression: 'job_id = :job',
    ExpressionAttributeValues: { ':job': { S: 'none' } },
  });
  await client.send(query);
  await client.send(query);
  expect(units.take()).toBe(1);
  await client.send(new ListTablesCommand({}));
  expect(units.take()).toBe(0);
});

test('prices are those of the list', () => {
  expect(readPrice(1_000_000)).toBe(0.125);
  expect(monthlyReadPrice(1_000)).toBeCloseTo(0.09125);
});
