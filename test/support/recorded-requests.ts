import type { HttpRequest } from '@smithy/types';
import { vi } from 'vitest';

/**
 * Records what commands that run in this process request of AWS from now on, in IAM's words: an action and
 * its resource, such as `dynamodb:Query table/Jobs/index/by-time`.
 */
export async function recordedRequests() {
  // Now, as a function that was loaded since has modules of its own.
  const { AwsRequestHandler } = await import('../../src/cli/aws/request-handler.ts');
  const spy = vi.spyOn(AwsRequestHandler.prototype, 'handle');
  return {
    unique: () => [...new Set(spy.mock.calls.flatMap(([request]) => inWordsOfIam(request)))],
    [Symbol.dispose]: () => spy.mockRestore(),
  };
}

function inWordsOfIam({ headers, body }: HttpRequest): string[] {
  const [, service] =
    /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '') ?? [];
  const target = headers['x-amz-target']?.split('.')[1];
  const sent = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const asked =
    target === undefined ? Object.fromEntries(new URLSearchParams(sent)) : JSON.parse(sent);
  const action = `${service}:${target ?? asked.Action}`;
  return resources(asked).map((resource) => `${action} ${resource}`);
}

interface Asked {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly RequestItems?: object;
  readonly StackName?: string;
}

function resources({ TableName, IndexName, RequestItems = {}, StackName }: Asked): string[] {
  const tables = TableName === undefined ? Object.keys(RequestItems) : [TableName];
  const index = IndexName === undefined ? '' : `/index/${IndexName}`;
  const stacks = StackName === undefined ? [] : [`stack/${StackName}/any-id`];
  return [...tables.map((table) => `table/${table}${index}`), ...stacks];
}
