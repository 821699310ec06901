import {
  BatchExecuteStatementCommand,
  BatchGetItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { chunks } from '../../shared/chunks.ts';
import type { Kind } from '../../shared/kinds.ts';
import { type Item, rowId } from '../item/item.ts';
import { type Change, toEdit } from './edit.ts';
import { type Failure, statementFailures, toFailure } from './failure.ts';
import type { Read, RowStore } from './row-store.ts';
import { type Statement, tooLong, toStatement } from './statement.ts';

/** The most statements in a `BatchExecuteStatement` (API reference). */
const MAX_STATEMENTS = 25;

const UNREAD: Failure = { kind: 'busy', reason: 'DynamoDB left the row unread' };

/** The two tables in DynamoDB, in its own batches. */
export class TableClient implements RowStore {
  readonly #client: DynamoDBClient;
  readonly #names: Readonly<Record<Kind, string>>;

  /** @param client must not retry: after a failure, rows must be read again first */
  constructor(client: DynamoDBClient, names: Readonly<Record<Kind, string>>) {
    this.#client = client;
    this.#names = names;
  }

  async read(items: readonly Item[], isConsistent: boolean, signal: AbortSignal): Promise<Read[]> {
    const wanted = Map.groupBy(items, ({ kind }) => kind);
    const RequestItems = Object.fromEntries(
      [...wanted].map(([kind, some]) => [
        this.#names[kind],
        { ConsistentRead: isConsistent, Keys: some.map(({ key }) => key) },
      ]),
    );
    try {
      const { Responses = {}, UnprocessedKeys = {} } = await this.#client.send(
        new BatchGetItemCommand({ RequestItems }),
        { abortSignal: signal },
      );
      const rows = new Map<string, Read>();
      for (const kind of wanted.keys()) {
        const table = this.#names[kind];
        for (const stored of Responses[table] ?? []) rows.set(rowId(kind, stored), { stored });
        for (const key of UnprocessedKeys[table]?.Keys ?? []) rows.set(rowId(kind, key), UNREAD);
      }
      return items.map(({ id }) => rows.get(id) ?? { stored: undefined });
    } catch (error) {
      const { kind, reason } = toFailure(error);
      // The keys are already validated, so no single item is to blame.
      const failure = { kind: kind === 'invalid' ? 'refused' : kind, reason } as const;
      if (failure.kind !== 'refused' || wanted.size === 1) return items.map(() => failure);
      const alone = (some: readonly Item[]) => this.read(some, isConsistent, signal);
      return eachKind(items, alone);
    }
  }

  async write(changes: readonly Change[], signal: AbortSignal): Promise<(Failure | undefined)[]> {
    const writes = changes.map((change) => this.#toWrite(change));
    const failures = writes.map(({ statement }) => tooLong(statement));
    const sendable = [...writes.keys()].filter((index) => failures[index] === undefined);
    await Promise.all(
      chunks(sendable, MAX_STATEMENTS).map(async (indexes) => {
        const chunk = indexes.map((index) => writes[index] as Write);
        const answers = await this.#execute(chunk, signal);
        indexes.forEach((index, position) => {
          failures[index] = answers[position];
        });
      }),
    );
    return failures;
  }

  #toWrite(change: Change): Write {
    const { kind } = change.item;
    return { kind, statement: toStatement(this.#names[kind], toEdit(change)) };
  }

  async #execute(writes: readonly Write[], signal: AbortSignal): Promise<(Failure | undefined)[]> {
    try {
      const { Responses = [] } = await this.#client.send(
        new BatchExecuteStatementCommand({ Statements: writes.map(({ statement }) => statement) }),
        { abortSignal: signal },
      );
      return statementFailures(writes.length, Responses);
    } catch (error) {
      const failure = toFailure(error);
      if (failure.kind === 'refused' && writes.some(({ kind }) => kind !== writes[0]?.kind)) {
        return eachKind(writes, (some) => this.#execute(some, signal));
      }
      if (failure.kind !== 'invalid' || writes.length === 1) return writes.map(() => failure);
      // Some are invalid, so none ran. Sent one by one, each shows whether it is.
      const failures: (Failure | undefined)[] = [];
      for (const write of writes) failures.push(...(await this.#execute([write], signal)));
      return failures;
    }
  }
}

/** A statement, and the table that it is for. */
interface Write {
  readonly kind: Kind;
  readonly statement: Statement;
}

/** Does the work for each table alone, so that one does not stop the other. Returns the answers in order. */
async function eachKind<Each extends { readonly kind: Kind }, Answer>(
  all: readonly Each[],
  work: (some: readonly Each[]) => Promise<Answer[]>,
): Promise<Answer[]> {
  const answers = new Map<Each, Answer>();
  await Promise.all(
    Map.groupBy(all, ({ kind }) => kind)
      .values()
      .map(async (some) => {
        const itsAnswers = await work(some);
        some.forEach((each, index) => {
          answers.set(each, itsAnswers[index] as Answer);
        });
      }),
  );
  return all.map((each) => answers.get(each) as Answer);
}
