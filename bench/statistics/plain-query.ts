import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { conditions, isBetween, isOneOf } from '../../src/cli/aws/query-conditions.ts';
import { concurrently } from '../../src/cli/concurrently.ts';
import { MEASURED_FIELDS } from '../../src/cli/statistics/measured-task.ts';
import { JOBS_AT_ONCE } from '../../src/cli/statistics/read-jobs.ts';
import { INDEXES, SORT_KEY } from '../../src/shared/indexes.ts';
import { resourceNames } from '../../src/shared/resource-names.ts';
import { JOB_STOPPED } from '../../src/shared/transitions.ts';

/**
 * Reads the same rows with the document client, and does nothing with them.
 *
 * @returns how many tasks there were
 */
export async function queryPlainly(): Promise<number> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient());
  const { jobTable, taskTable } = resourceNames();
  const { name, partitionKey } = INDEXES.jobs;
  const time = isBetween(SORT_KEY, 0, Date.now());
  const jobs: string[] = [];
  for await (const { Items = [] } of paginateQuery(
    { client },
    {
      TableName: jobTable,
      IndexName: name,
      ...conditions([isOneOf(partitionKey, [JOB_STOPPED]), time], []),
    },
  )) {
    jobs.push(...Items.map(({ job_id }) => job_id as string));
  }
  let tasks = 0;
  const left = jobs.values();
  await concurrently(JOBS_AT_ONCE, async () => {
    for (const job of left) {
      for await (const { Items = [] } of paginateQuery(
        { client },
        { TableName: taskTable, ...conditions([isOneOf('job_id', [job])], [], MEASURED_FIELDS) },
      )) {
        tasks += Items.length;
      }
    }
  });
  return tasks;
}
