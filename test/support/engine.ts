import type { TestProject } from 'vitest/node';
import { startDynamoDbLocal } from '../../src/local/dynamodb-local.ts';

declare module 'vitest' {
  interface ProvidedContext {
    dynamoDbEndpoint: string;
  }
}

/** One DynamoDB Local for all test files: each has credentials of its own, and so its own tables. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const engine = await startDynamoDbLocal({
    port: 0,
    shared: false,
    signal: AbortSignal.timeout(60_000),
  });
  project.provide('dynamoDbEndpoint', engine.endpoint);
  return async () => engine[Symbol.asyncDispose]();
}
