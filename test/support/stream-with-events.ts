import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { inject } from 'vitest';
import { createStackTables } from '../../bench/stack-tables.ts';
import { localEngines } from '../../src/local/engines/environment.ts';
import { type GivenUp, type StreamHandler, StreamSource } from '../../src/local/stream-source.ts';
import { synthesize } from '../../src/local/template.ts';
import { loadFunction } from './load-function.ts';
import { startEventBus } from './refusing-bus.ts';
import { HISTORY } from './test-tables.ts';

const HOUR = 3_600_000;

/** The history with its stream, and the function that publishes to a bus. */
export async function streamWithEvents() {
  const template = await synthesize({ history: 'all', events: 'on' });
  const endpoint = inject('dynamoDbEndpoint');
  const { client, region, credentials, references } = await createStackTables(template, endpoint);
  const streams = new DynamoDBStreamsClient({ region, credentials, endpoint });
  const bus = await startEventBus();
  const handler = await loadFunction<DynamoDBStreamEvent, DynamoDBBatchResponse>(
    {
      ...localEngines(endpoint, credentials),
      AWS_ENDPOINT_URL_EVENTBRIDGE: bus.endpoint,
      POWERTOOLS_LOG_LEVEL: 'SILENT',
    },
    () => import('../../src/events/events-handler.ts'),
  );
  const streamArn = [...references.values()].find(({ Ref }) => Ref === HISTORY)?.StreamArn ?? '';

  async function put(...entries: object[]) {
    for (const entry of entries) {
      await client.send(new PutItemCommand({ TableName: HISTORY, Item: marshall(entry) }));
    }
  }

  async function remove({ job_id, at }: { readonly job_id: string; readonly at: string }) {
    const Key = marshall({ job_id, at });
    await client.send(new DeleteItemCommand({ TableName: HISTORY, Key }));
  }

  /** What Lambda does of its own, from now on, with a clock of its own. */
  function source(invoked: StreamHandler = handler, batching: object = {}) {
    const clock = { hours: 0 };
    const givenUp: GivenUp[] = [];
    const of = new StreamSource({
      streams,
      streamArn,
      handler: invoked,
      timeout: 30_000,
      batchSize: 100,
      batchingWindow: 0,
      maxRecordAge: 12 * HOUR,
      onGivenUp: async (records) => givenUp.push(records),
      now: () => Date.now() + clock.hours * HOUR,
      ...batching,
    });
    return { clock, givenUp, poll: () => of.poll() };
  }

  /** The tasks of a job of which events came, in order. */
  const tasksOf = (job: string) =>
    bus.events
      .map(({ detail }) => detail as { jobId: string; taskId: string })
      .filter(({ jobId }) => jobId === job)
      .map(({ taskId }) => Number(taskId));

  return { bus, client, put, remove, source, tasksOf, handler };
}
