import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTables } from '../src/local/provision.ts';
import { outputsOf, type References, type Template } from '../src/local/template.ts';

export interface EmptyTables {
  readonly client: DynamoDBClient;
  readonly region: string;
  /** DynamoDB Local, unless it is shared, has tables of their own for each. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly references: References;
  readonly names: { readonly job: string; readonly task: string };
}

/** Creates the stack's tables in a DynamoDB Local, under credentials that nobody else has. */
export async function createEmptyTables(
  template: Template,
  endpoint: string,
): Promise<EmptyTables> {
  const region = 'us-east-1';
  const credentials = {
    accessKeyId: randomUUID().replaceAll('-', ''),
    secretAccessKey: 'local',
  };
  const client = new DynamoDBClient({ region, credentials, endpoint, maxAttempts: 1 });
  const references: References = new Map();
  await createTables(template, client, references);
  const { JobTableName: job = '', TaskTableName: task = '' } = outputsOf(template, references);
  return { client, region, credentials, references, names: { job, task } };
}
