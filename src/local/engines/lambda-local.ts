import { randomUUID } from 'node:crypto';
import { json } from 'node:stream/consumers';
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts';

/** A function that is invoked directly. What it throws is its error. */
export type InvokedFunction = (request: unknown) => Promise<unknown>;

/** The path of `Invoke` (Lambda API reference). */
const INVOKE = /^\/2015-03-31\/functions\/([^/?]+)\/invocations$/;

/** Answers `Invoke` for functions, by their names, on the loopback interface at any free port. */
export async function startLambdaLocal(
  functions: ReadonlyMap<string, InvokedFunction>,
): Promise<LoopbackServer> {
  return startLoopbackServer(async (request, response) => {
    const [, name = ''] = INVOKE.exec(request.url ?? '') ?? [];
    const invoked = functions.get(decodeURIComponent(name));
    const [status, headers, answer] = invoked
      ? await invocation(invoked, await json(request))
      : refusal(functions);
    response.writeHead(status, {
      'content-type': 'application/json',
      'x-amzn-requestid': randomUUID(),
      ...headers,
    });
    response.end(JSON.stringify(answer ?? null));
  });
}

type Answer = readonly [status: number, headers: Record<string, string>, body: unknown];

async function invocation(invoked: InvokedFunction, request: unknown): Promise<Answer> {
  try {
    return [200, {}, await invoked(request)];
  } catch (error) {
    const { name: errorType, message: errorMessage } = error as Error;
    return [200, { 'x-amz-function-error': 'Unhandled' }, { errorType, errorMessage }];
  }
}

function refusal(functions: ReadonlyMap<string, InvokedFunction>): Answer {
  const type = 'ResourceNotFoundException';
  const Message = `The local pipeline only invokes ${[...functions.keys()].join(' and ')}`;
  return [404, { 'x-amzn-errortype': type }, { Type: 'User', Message }];
}
