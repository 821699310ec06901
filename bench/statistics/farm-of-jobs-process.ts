import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import type { Attributes } from '../../src/ingest/item/attribute-value.ts';
import { toItem } from '../../src/ingest/item/item.ts';
import { INDEXES } from '../../src/shared/indexes.ts';
import stoppedJob from '../../src/shared/samples/stopped-job.json' with { type: 'json' };
import stoppedTask from '../../src/shared/samples/stopped-task.json' with { type: 'json' };

const [jobs, tasks] = process.argv.slice(2).map(Number) as [number, number];

/** Job rows in a page of 1 MB. */
const JOBS_PER_PAGE = 500;

/**
 * A DynamoDB with so many jobs that stopped within the last hour, of so many tasks each. It sends its URL to its
 * parent, and exits with it.
 */
const server = createServer(async (request, response) => {
  const asked = JSON.parse(await text(request)) as Asked;
  const [, operation] = String(request.headers['x-amz-target']).split('.');
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  response.setHeader('x-amzn-requestid', 'stand-in'); // as AWS does
  response.end(operation === 'Query' ? answerQuery(asked) : JSON.stringify(DESCRIPTION));
});
server.keepAliveTimeout = 0; // idle connections stay open
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});
process.once('disconnect', () => process.exit());

interface Asked {
  readonly IndexName?: string;
  readonly KeyConditionExpression: string;
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues: Readonly<Record<string, AttributeValue>>;
  readonly ExclusiveStartKey?: Attributes;
}

const DESCRIPTION = {
  Table: {
    GlobalSecondaryIndexes: Object.values(INDEXES).map(({ name }) => ({
      IndexName: name,
      IndexStatus: 'ACTIVE',
    })),
  },
};

function answerQuery(asked: Asked): string {
  if (asked.IndexName !== undefined) return pageOfJobs(asked);
  const { ':0': job } = asked.ExpressionAttributeValues;
  return pageOfTasks(asked).replaceAll(JOB, (job as { S: string }).S);
}

const JOB = stoppedJob.JobDetails.JobID;
const SENT = Date.now();

function pageOfJobs({ ExclusiveStartKey: after, KeyConditionExpression: key }: Asked): string {
  if (!key.includes('BETWEEN')) return '{"Items":[]}'; // none is of unknown time
  const first = after === undefined ? 0 : Number((after.number as { N: string }).N);
  const count = Math.min(JOBS_PER_PAGE, jobs - first);
  const Items = Array.from({ length: count }, (_, index) => jobRow(first + index));
  const next = first + count;
  return JSON.stringify({
    Items,
    ...(next < jobs && { LastEvaluatedKey: { number: { N: String(next) } } }),
  });
}

function jobRow(index: number): Attributes {
  const JobDetails = {
    ...stoppedJob.JobDetails,
    JobID: index.toString(16).padStart(24, '0'),
    UserName: `user-${index % 20}`,
    NumberOfTasks: tasks,
  };
  return rowOf({ ...stoppedJob, JobDetails }, SENT - index);
}

/** The tasks of a job, as JSON, by what is asked of them. */
const pages = new Map<string, string>();

function pageOfTasks(asked: Asked): string {
  const { ProjectionExpression = '', ExpressionAttributeNames } = asked;
  const known = pages.get(ProjectionExpression);
  if (known !== undefined) return known;
  const paths = ProjectionExpression.split(', ').map((path) =>
    path.split('.').map((name) => ExpressionAttributeNames[name] ?? ''),
  );
  const isWhole = ProjectionExpression === '';
  const rows = Array.from({ length: tasks }, (_, id) =>
    isWhole ? taskRow(id) : projected(taskRow(id), paths),
  );
  const page = JSON.stringify({ Items: rows });
  pages.set(ProjectionExpression, page);
  return page;
}

function projected(row: Attributes, paths: readonly string[][]): Attributes {
  const found: Record<string, AttributeValue> = {};
  for (const [name = '', inner] of paths) {
    const value = row[name];
    if (value === undefined) continue;
    if (inner === undefined) found[name] = value;
    else if ('M' in value && value.M[inner] !== undefined) {
      const { M = {} } = (found[name] ?? {}) as { M?: Attributes };
      found[name] = { M: { ...M, [inner]: value.M[inner] } };
    }
  }
  return found;
}

function taskRow(TaskID: number): Attributes {
  const seconds = 60 + ((TaskID * 7_919) % 3_000);
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0');
  const TaskDetails = {
    ...stoppedTask.TaskDetails,
    JobID: JOB,
    TaskID,
    FrameRange: `${TaskID}-${TaskID}`,
    WorkerName: `render-${two(TaskID % 100)}`,
    RenderTime: `00:${two(seconds / 60)}:${two(seconds % 60)}.1234567`,
    OutputFileSizeBytes: 20_000_000 + TaskID,
    PeakRamUsageBytes: 30_000_000_000 + TaskID,
    UsedCPUClocks: seconds * 48_000_000_000,
    AvailableCPUClocks: seconds * 96_000_000_000,
  };
  return rowOf({ ...stoppedTask, TaskDetails }, SENT);
}

function rowOf(notification: object, sent: number): Attributes {
  const body = JSON.stringify(notification);
  return toItem({ body, attributes: { SentTimestamp: String(sent) } } as SQSRecord).attributes;
}
