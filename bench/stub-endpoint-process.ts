import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { answerSqs } from './stub-queue.ts';

const delay = Number(process.argv[2]);

/** The stub endpoint's process. It sends its URL to its parent, and exits with it. */
const server = createServer(async (request, response) => {
  const body = await text(request);
  const [service, operation = ''] = String(request.headers['x-amz-target']).split('.');
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  if (delay > 0) await setTimeout(delay);
  response.end(
    service === 'AmazonSQS' ? answerSqs(operation, body) : answerDynamoDb(operation, body),
  );
});
server.keepAliveTimeout = 0; // idle connections stay open
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});
process.once('disconnect', () => process.exit());

function answerDynamoDb(operation: string, body: string): string {
  switch (operation) {
    case 'BatchGetItem':
      return '{"Responses":{},"UnprocessedKeys":{}}';
    case 'BatchWriteItem':
      return '{"UnprocessedItems":{}}';
    case 'BatchExecuteStatement': {
      const { Statements } = JSON.parse(body) as { Statements: object[] };
      return JSON.stringify({ Responses: Statements.map(() => ({})) });
    }
    default:
      return '{}';
  }
}
