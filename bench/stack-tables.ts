import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { localEngines } from '../src/local/engines/environment.ts';
import { createTables } from '../src/local/provision.ts';
import {
  functionSettings,
  type References,
  resolveOutputs,
  type Template,
} from '../src/local/template.ts';

/** The stack's tables, empty, in a DynamoDB on this machine. */
export interface StackTables {
  readonly client: DynamoDBClient;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly references: References;
  readonly names: {
    readonly job: string;
    readonly task: string;
    /** Empty where the template has no history. */
    readonly history: string;
  };
}

/** Creates the stack's tables under new credentials, as DynamoDB Local separates tables by credentials. */
export async function createStackTables(
  template: Template,
  endpoint: string,
): Promise<StackTables> {
  const region = 'us-east-1';
  const credentials = {
    accessKeyId: randomUUID().replaceAll('-', ''),
    secretAccessKey: 'local',
  };
  const client = new DynamoDBClient({ region, credentials, endpoint, maxAttempts: 1 });
  const references: References = new Map();
  await createTables(template, client, references);
  const {
    JobTableName: job = '',
    TaskTableName: task = '',
    HistoryTableName: history = '',
  } = resolveOutputs(template, references);
  return { client, region, credentials, references, names: { job, task, history } };
}

/** The environment of the stack's function, with new tables at an endpoint on this machine. */
export async function functionEnvironment(
  template: Template,
  endpoint: string,
): Promise<Record<string, string>> {
  const { client, credentials, references } = await createStackTables(template, endpoint);
  client.destroy();
  return {
    ...localEngines(endpoint, credentials),
    ...functionSettings(template, references).environment,
  };
}
