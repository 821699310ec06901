import { setTimeout } from 'node:timers/promises';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
  type _Record as StreamRecord,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type {
  Context,
  DynamoDBBatchResponse,
  DynamoDBRecord,
  DynamoDBStreamEvent,
} from 'aws-lambda';
import { invocationContext } from './invocation-context.ts';

export type StreamHandler = (
  event: DynamoDBStreamEvent,
  context: Context,
) => Promise<DynamoDBBatchResponse>;

/** Records of a shard that were given up, as Lambda describes them to a queue: by their positions. */
export interface GivenUp {
  readonly shardId: string;
  readonly startSequenceNumber: string;
  readonly endSequenceNumber: string;
  readonly approximateArrivalOfFirstRecord: string;
  readonly approximateArrivalOfLastRecord: string;
  readonly batchSize: number;
  readonly streamArn: string;
}

export interface StreamSourceOptions {
  readonly streams: DynamoDBStreamsClient;
  readonly streamArn: string;
  readonly handler: StreamHandler;
  /** The timeout of an invocation, in ms. */
  readonly timeout: number;
  /** The most records an invocation gets. */
  readonly batchSize: number;
  /** How long records are gathered for an invocation that has room for more, in ms. */
  readonly batchingWindow: number;
  /** How long a record is tried, in ms. */
  readonly maxRecordAge: number;
  /** Gets what was tried that long. */
  readonly onGivenUp: (records: GivenUp) => Promise<unknown>;
  /** The time, in ms since the epoch. */
  readonly now: () => number;
}

/** How far a shard is read. */
interface Progress {
  iterator?: string | undefined;
  /** The last record that was read. */
  after?: string | undefined;
  isRead: boolean;
  /** What was read and is not done, in order. */
  records: StreamRecord[];
  /** When the first of these was read, in ms since the epoch. */
  since: number;
  /** The most records that the next invocation gets. */
  limit: number;
}

/** Lambda polls a shard four times a second (AWS Lambda developer guide, "Using AWS Lambda with Amazon DynamoDB"). */
const POLL_INTERVAL = 250;

/** The most records of a request (DynamoDB API reference, `GetRecords`). */
const MOST_RECORDS = 1_000;

/**
 * Passes a stream's inserts to a handler, as Lambda's event source for DynamoDB streams does with the stack's
 * settings: from the horizon on, each shard in order and after its parent. Begins again at the first record that
 * the handler reports; where it throws, with half as many records.
 */
export class StreamSource {
  readonly #options: StreamSourceOptions;
  readonly #shards = new Map<string, Progress>();

  constructor(options: StreamSourceOptions) {
    this.#options = options;
  }

  /**
   * Reads each shard once, and invokes the handler at most once for each.
   *
   * @returns whether all that was read is done
   */
  async poll(): Promise<boolean> {
    const { streams, streamArn } = this.#options;
    const { StreamDescription } = await streams.send(
      new DescribeStreamCommand({ StreamArn: streamArn }),
    );
    const shards = StreamDescription?.Shards ?? [];
    for (const shard of shards) await this.#pollShard(shard);
    return [...this.#shards.values()].every(({ records }) => records.length === 0);
  }

  async #pollShard({ ShardId = '', ParentShardId = '' }: Shard): Promise<void> {
    const parent = this.#shards.get(ParentShardId);
    if (parent && !(parent.isRead && parent.records.length === 0)) return;
    const progress = this.#shards.get(ShardId) ?? {
      isRead: false,
      records: [],
      since: 0,
      limit: 0,
    };
    this.#shards.set(ShardId, progress);
    if (this.#isGathering(progress)) await this.#read(ShardId, progress);
    await this.#giveUp(ShardId, progress);
    if (progress.records.length > 0 && !this.#isGathering(progress)) await this.#invoke(progress);
  }

  #isGathering({ isRead, records, since }: Progress): boolean {
    const { batchSize, batchingWindow, now } = this.#options;
    if (isRead || records.length === 0) return !isRead;
    return records.length < batchSize && now() - since < batchingWindow;
  }

  async #read(ShardId: string, progress: Progress): Promise<void> {
    const { streams, streamArn: StreamArn, batchSize, now } = this.#options;
    const { after, records } = progress;
    const isFresh = progress.iterator === undefined;
    const { ShardIterator = progress.iterator } = isFresh
      ? await streams.send(
          new GetShardIteratorCommand({
            StreamArn,
            ShardId,
            ...(after === undefined
              ? { ShardIteratorType: 'TRIM_HORIZON' }
              : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }),
          }),
        )
      : {};
    progress.iterator = undefined; // it may have expired, if this fails
    const Limit = Math.min(batchSize - records.length, MOST_RECORDS);
    const answer = await streams
      .send(new GetRecordsCommand({ ShardIterator, Limit }))
      .catch(unlessTrimmed);
    if (answer === undefined) {
      progress.after = undefined;
      return isFresh ? undefined : this.#read(ShardId, progress);
    }
    const { Records = [], NextShardIterator } = answer;
    if (records.length === 0) Object.assign(progress, { since: now(), limit: batchSize });
    progress.iterator = NextShardIterator;
    progress.isRead = NextShardIterator === undefined;
    progress.after = Records.at(-1)?.dynamodb?.SequenceNumber ?? after;
    progress.records.push(...Records.filter(({ eventName }) => eventName === 'INSERT'));
  }

  async #giveUp(shardId: string, progress: Progress): Promise<void> {
    const { maxRecordAge, now, streamArn, onGivenUp } = this.#options;
    const isOld = (record: StreamRecord) => now() - arrival(record).getTime() > maxRecordAge;
    const old = progress.records.filter(isOld);
    const [first, last] = [old[0], old.at(-1)];
    if (first === undefined || last === undefined) return;
    await onGivenUp({
      shardId,
      startSequenceNumber: first.dynamodb?.SequenceNumber ?? '',
      endSequenceNumber: last.dynamodb?.SequenceNumber ?? '',
      approximateArrivalOfFirstRecord: arrival(first).toISOString(),
      approximateArrivalOfLastRecord: arrival(last).toISOString(),
      batchSize: old.length,
      streamArn,
    });
    progress.records = progress.records.filter((record) => !isOld(record));
  }

  async #invoke(progress: Progress): Promise<void> {
    const { handler, timeout } = this.#options;
    const batch = progress.records.slice(0, progress.limit);
    try {
      const event = { Records: batch.map(toLambdaRecord) };
      const { batchItemFailures } = await handler(event, invocationContext(timeout));
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      const first = batch.findIndex(({ dynamodb }) => failed.has(dynamodb?.SequenceNumber ?? ''));
      progress.records.splice(0, first === -1 ? batch.length : first);
    } catch (error) {
      progress.limit = Math.ceil(batch.length / 2);
      throw error;
    }
  }
}

/** Polls a source until it is disposed of. */
export function startPolling(
  source: StreamSource,
  onError: (error: Error) => void,
): AsyncDisposable {
  const stop = new AbortController();
  const { signal } = stop;
  const polling = (async () => {
    while (!signal.aborted) {
      await source.poll().catch((error) => signal.aborted || onError(error));
      await setTimeout(POLL_INTERVAL, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await polling;
    },
  };
}

/** Puts what is given up into a queue, as Lambda does. */
export function keepGivenUp(sqs: SQSClient, QueueUrl: string): StreamSourceOptions['onGivenUp'] {
  return (records) => {
    const MessageBody = JSON.stringify({ DDBStreamBatchInfo: records });
    return sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  };
}

/** What an iterator points to may be gone, which DynamoDB Local also says of an empty shard: begins at what is left. */
function unlessTrimmed(error: unknown): undefined {
  if (!(error instanceof TrimmedDataAccessException)) throw error;
}

function arrival({ dynamodb }: StreamRecord): Date {
  return dynamodb?.ApproximateCreationDateTime ?? new Date(0);
}

/** The record in the JSON in which Lambda has it. */
function toLambdaRecord(record: StreamRecord): DynamoDBRecord {
  const { dynamodb, ...others } = record;
  const ApproximateCreationDateTime = arrival(record).getTime() / 1_000;
  return { ...others, dynamodb: { ...dynamodb, ApproximateCreationDateTime } } as DynamoDBRecord;
}
