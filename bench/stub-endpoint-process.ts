import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** The stub endpoint's process. It sends its URL to its parent, and exits with it. */
const server = createServer(async (request, response) => {
  const body = await text(request);
  const [, operation = ''] = String(request.headers['x-amz-target']).split('.');
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  response.end(answer(operation, body));
});
server.keepAliveTimeout = 0; // idle connections stay open
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
