import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * A process that answers DynamoDB's requests at once, as if no row were stored and all were written. It
 * tells its parent where, and ends with it.
 */
const server = createServer(async (request, response) => {
  const body = await text(request);
  const [, operation = ''] = String(request.headers['x-amz-target']).split('.');
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  response.end(answer(operation, body));
});
server.keepAliveTimeout = 0; // a connection that nobody uses for a while stays
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});
process.once('disconnect', () => process.exit());

function answer(operation: string, body: string): string {
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
