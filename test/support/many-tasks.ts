import { text } from 'node:stream/consumers';
import { answering } from './answering.ts';

const PAGE = 1_000;

/**
 * A DynamoDB that has one job of so many completed tasks, in pages of a thousand as large rows make them:
 * more than DynamoDB Local can be asked for in the time of a test.
 */
export function startManyTasks(count: number) {
  return answering(async (request, response) => {
    const { ExclusiveStartKey } = JSON.parse(await text(request));
    const isQuery = String(request.headers['x-amz-target']).endsWith('.Query');
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    const from = Number(ExclusiveStartKey?.task_id.N ?? 0);
    response.end(JSON.stringify(isQuery ? page(from, count) : {}));
  });
}

function page(from: number, count: number) {
  const job_id = { S: '5f15e68eb8274818a0570167' };
  const task_details = { M: { Status: { S: 'Completed' } } };
  const Items = Array.from({ length: Math.min(PAGE, count - from) }, (_, index) => ({
    job_id,
    task_id: { N: String(from + index) },
    task_details,
  }));
  const next = from + PAGE;
  return {
    Items,
    ...(next < count && { LastEvaluatedKey: { job_id, task_id: { N: String(next) } } }),
  };
}
