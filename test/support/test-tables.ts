import { type AttributeValue, GetItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { createStackTables } from '../../bench/stack-tables.ts';
import { localEngines } from '../../src/local/engines/environment.ts';
import { functionSettings, type Template } from '../../src/local/template.ts';

export type RawItem = Record<string, AttributeValue>;

export const JOBS = 'DeadlineJobNotifications';
export const TASKS = 'DeadlineTaskNotifications';
export const HISTORY = 'DeadlineNotificationHistory';

/** The stack's tables, empty, for one test file, with the environment of a function that uses them. */
export async function emptyTables(
  endpoint = inject('dynamoDbEndpoint'),
  template = inject('template'),
) {
  const { client, region, credentials, references } = await createStackTables(
    template,
    inject('dynamoDbEndpoint'),
  );
  const environment = {
    ...localEngines(endpoint, credentials),
    ...functionSettings(template, references).environment,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
  };

  /** A row as DynamoDB gives it. */
  async function row(jobId: string, taskId?: number): Promise<RawItem | undefined> {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: taskId === undefined ? JOBS : TASKS,
        Key: {
          job_id: { S: jobId },
          ...(taskId !== undefined && { task_id: { N: String(taskId) } }),
        },
        ConsistentRead: true,
      }),
    );
    return Item;
  }

  /** All rows of a job's tasks, in their order. */
  const tasksOf = (jobId: string) => allOf(TASKS, jobId);

  /** All entries of a job in the history, in their order. The template must have it. */
  const historyOf = (jobId: string) => allOf(HISTORY, jobId);

  async function allOf(TableName: string, jobId: string): Promise<RawItem[]> {
    const rows: RawItem[] = [];
    const query = {
      TableName,
      KeyConditionExpression: 'job_id = :job',
      ExpressionAttributeValues: { ':job': { S: jobId } },
      ConsistentRead: true,
    };
    for await (const { Items = [] } of paginateQuery({ client }, query)) rows.push(...Items);
    return rows;
  }

  /**
   * All rows of a job and its tasks as DynamoDB writes them: of an attribute named `__proto__` the SDK
   * gives no value.
   */
  async function rowsOf(jobId: string): Promise<RawItem[]> {
    const rows = await Promise.all(
      [JOBS, TASKS].map(async (TableName) => {
        const response = await fetch(inject('dynamoDbEndpoint'), {
          method: 'POST',
          headers: {
            'content-type': 'application/x-amz-json-1.0',
            'x-amz-target': 'DynamoDB_20120810.Query',
            // DynamoDB Local reads whose tables these are, and checks no signature.
            authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20200101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=none`,
          },
          body: JSON.stringify({
            TableName,
            KeyConditionExpression: 'job_id = :job',
            ExpressionAttributeValues: { ':job': { S: jobId } },
            ConsistentRead: true,
          }),
        });
        const { Items } = (await response.json()) as { Items: RawItem[] };
        return Items;
      }),
    );
    return rows.flat();
  }

  return { client, template, references, environment, row, rowsOf, tasksOf, historyOf };
}

/** The tables as Deadline's manual has them created. */
export function withoutIndexes(template: Template): Template {
  const Resources = Object.entries(template.Resources).map(([id, { Type, Properties }]) => {
    const { GlobalSecondaryIndexes, AttributeDefinitions, ...others } = Properties;
    if (GlobalSecondaryIndexes === undefined) return [id, { Type, Properties }];
    const keys = (others.KeySchema as { AttributeName: string }[]).map((key) => key.AttributeName);
    const definitions = (AttributeDefinitions as { AttributeName: string }[]).filter(
      ({ AttributeName }) => keys.includes(AttributeName),
    );
    return [id, { Type, Properties: { ...others, AttributeDefinitions: definitions } }];
  });
  return { ...template, Resources: Object.fromEntries(Resources) };
}
