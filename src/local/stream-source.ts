import { setTimeout } from 'node:timers/promises';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
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
  /** The most records that the next invocation gets. */
  limit: number;
}

/** Lambda polls a shard four times a second (AWS Lambda developer guide, "Using AWS Lambda with Amazon DynamoDB"). */
const POLL_INTERVAL = 250;

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
    const { batchSize } = this.#options;
    const progress = this.#shards.get(ShardId) ?? { isRead: false, records: [], limit: batchSize };
    this.#shards.set(ShardId, progress);
    if (progress.records.length === 0 && !progress.isRead) await this.#read(ShardId, progress);
    await this.#giveUp(ShardId, progress);
    if (progress.records.length > 0) await this.#invoke(progress);
  }

  async #read(ShardId: string, progress: Progress): Promise<void> {
    const { streams, streamArn: StreamArn, batchSize: Limit } = this.#options;
    const { after } = progress;
    const { ShardIterator = progress.iterator } =
      progress.iterator === undefined
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
    const { Records = [], NextShardIterator } = await streams.send(
      new GetRecordsCommand({ ShardIterator, Limit }),
    );
    progress.iterator = NextShardIterator;
    progress.isRead = NextShardIterator === undefined;
    progress.after = Records.at(-1)?.dynamodb?.SequenceNumber ?? after;
    progress.records = Records.filter(({ eventName }) => eventName === 'INSERT');
    progress.limit = Limit;
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

/** Polls until it is disposed of. */
export function startStreamSource(
  options: StreamSourceOptions,
  onError: (error: Error) => void,
): AsyncDisposable {
  const source = new StreamSource(options);
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

function arrival({ dynamodb }: StreamRecord): Date {
  return dynamodb?.ApproximateCreationDateTime ?? new Date(0);
}

/** The record in the JSON in which Lambda has it. */
function toLambdaRecord(record: StreamRecord): DynamoDBRecord {
  const { dynamodb, ...others } = record;
  const ApproximateCreationDateTime = arrival(record).getTime() / 1_000;
  return { ...others, dynamodb: { ...dynamodb, ApproximateCreationDateTime } } as DynamoDBRecord;
}
