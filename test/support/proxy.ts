import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';

/** A request to DynamoDB or SQS, such as `BatchGetItem` with its JSON. */
export interface Call {
  readonly operation: string;
  readonly input: {
    readonly Statements?: readonly { readonly Statement: string }[];
    readonly RequestItems?: Readonly<
      Record<string, { readonly Keys: readonly object[]; readonly ConsistentRead?: boolean }>
    >;
    readonly Entries?: readonly SentEntry[];
  };
}

/** An entry of `SendMessageBatch`. */
export interface SentEntry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly MessageGroupId: string;
  readonly MessageDeduplicationId: string;
}

/** An answer in the engine's place, before the request reaches it or after. */
export type Fault =
  | { readonly status: number; readonly body: object | string }
  /** These statements are refused with a code inside HTTP 200, the others are executed. */
  | { readonly code: string; readonly refuses: (statement: string) => boolean }
  /** The connection breaks; `applied` says whether DynamoDB got the request all the same. */
  | { readonly broken: true; readonly applied: boolean }
  /** DynamoDB's own answer, changed. */
  | { readonly change: Change }
  /** DynamoDB's own answer, late by so many ms. */
  | { readonly delay: number }
  /** DynamoDB's own answer, after something else has happened before the request reached it. */
  | { readonly meanwhile: () => Promise<unknown>; readonly change?: Change };

type Change = (answer: Record<string, unknown>) => object;

/**
 * Stands between the function and DynamoDB Local, or another engine, records what passes, and puts faults in where its
 * `faultOf` says so: what cannot be had of the real engine.
 */
export async function startProxy(target = inject('dynamoDbEndpoint')) {
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const call: Call = { operation, input: JSON.parse(body) };
    proxy.calls.push(call);
    const fault = proxy.faultOf(call);

    if (fault && 'status' in fault) return answer(fault.status, fault.body);
    if (fault && 'refuses' in fault) return answer(200, await executeOthers(fault));
    if (fault && 'broken' in fault) {
      if (fault.applied) await forward(target, request, body);
      return request.socket.destroy();
    }
    if (fault && 'meanwhile' in fault) await fault.meanwhile();
    const real = await forward(target, request, body);
    if (fault && 'delay' in fault) await new Promise((done) => setTimeout(done, fault.delay));
    const change = fault && 'change' in fault ? fault.change : undefined;
    return answer(real.status, change ? change(JSON.parse(real.body)) : real.body);

    async function executeOthers({ refuses, code }: Extract<Fault, { code: string }>) {
      const { Statements = [] } = call.input;
      const Others = Statements.filter(({ Statement }) => !refuses(Statement));
      const real =
        Others.length > 0 &&
        (await forward(target, request, JSON.stringify({ Statements: Others })));
      const answers = real ? JSON.parse(real.body).Responses : [];
      const error = { Error: { Code: code, Message: 'injected' } };
      return {
        Responses: Statements.map(({ Statement }) =>
          refuses(Statement) ? error : answers.shift(),
        ),
      };
    }
    function answer(status: number, content: object | string) {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(typeof content === 'string' ? content : JSON.stringify(content));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const noFault = (_call: Call): Fault | undefined => undefined;
  const proxy = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [] as Call[],
    faultOf: noFault,
    /** Forgets what has passed, and lets all pass. */
    reset() {
      proxy.calls.length = 0;
      proxy.faultOf = noFault;
    },
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
  return proxy;
}

async function forward(target: string, request: IncomingMessage, body: string) {
  const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
  const answer = await fetch(target, {
    method: 'POST',
    headers: headers as Record<string, string>,
    body,
  });
  return { status: answer.status, body: await answer.text() };
}

/** An error as DynamoDB answers it for a whole request. */
export function serviceError(name: string, status = 400): Fault {
  const body = { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'injected' };
  return { status, body };
}

/** A fault for the first request of an operation; all others pass. */
export function first(operation: string, fault: Fault): (call: Call) => Fault | undefined {
  let done = false;
  return (call) => {
    if (done || call.operation !== operation) return undefined;
    done = true;
    return fault;
  };
}
