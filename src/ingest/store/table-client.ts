import {
  BatchExecuteStatementCommand,
  BatchGetItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { chunks } from '../../shared/chunks.ts';
import type { Kind } from '../../shared/kinds.ts';
import type { Attributes } from '../item/attribute-value.ts';
import { type Item, rowId } from '../item/item.ts';
import { type Failure, statementFailures, toFailure } from './failure.ts';
import { insert, type Statement, tooLong, update } from './statement.ts';

/** The most keys in a `BatchGetItem` (API reference). */
export const MAX_KEYS = 100;
/** The most statements in a `BatchExecuteStatement` (API reference). */
const MAX_STATEMENTS = 25;

/** An item to write, and the row that it replaces. */
export interface Change {
  readonly item: Item;
  readonly stored: Attributes | undefined;
}

/** The stored rows by item id; `undefined` if there is none yet. */
export interface Read {
  readonly rows: ReadonlyMap<string, Attributes | undefined>;
  /** Why items are missing from `rows`, if any are. */
  readonly unread: Failure;
}

/** Reads and writes the two tables in DynamoDB's own batches. Failures are returned, not thrown. */
export class TableClient {
  readonly #client: DynamoDBClient;
  readonly #names: Readonly<Record<Kind, string>>;

  /** @param client must not retry: after a failure, rows must be read again first */
  constructor(client: DynamoDBClient, names: Readonly<Record<Kind, string>>) {
    this.#client = client;
    this.#names = names;
  }

  /** Reads the rows of up to `MAX_KEYS` items, with strong consistency. */
  async read(items: readonly Item[], signal: AbortSignal): Promise<Read> {
    const wanted = Map.groupBy(items, ({ kind }) => kind);
    const RequestItems = Object.fromEntries(
      [...wanted].map(([kind, some]) => [
        this.#names[kind],
        { ConsistentRead: true, Keys: some.map(({ key }) => key) },
      ]),
    );
    try {
      const { Responses = {}, UnprocessedKeys = {} } = await this.#client.send(
        new BatchGetItemCommand({ RequestItems }),
        { abortSignal: signal },
      );
      const rows = new Map<string, Attributes | undefined>(items.map(({ id }) => [id, undefined]));
      for (const kind of wanted.keys()) {
        const table = this.#names[kind];
        for (const row of Responses[table] ?? []) rows.set(rowId(kind, row), row);
        for (const key of UnprocessedKeys[table]?.Keys ?? []) rows.delete(rowId(kind, key));
      }
      return { rows, unread: { kind: 'busy', reason: 'DynamoDB left the row unread' } };
    } catch (error) {
      const { kind, reason } = toFailure(error);
      // The keys are already validated, so no single item is to blame.
      return {
        rows: new Map(),
        unread: { kind: kind === 'invalid' ? 'refused' : kind, reason },
      };
    }
  }

  /**
   * Writes each change whose row has not changed since it was read.
   *
   * @returns for each change, in order, why it was not written; `undefined` if it was
   */
  async write(changes: readonly Change[], signal: AbortSignal): Promise<(Failure | undefined)[]> {
    const statements = changes.map((change) => this.#statement(change));
    const failures = statements.map(tooLong);
    const sendable = [...statements.keys()].filter((index) => failures[index] === undefined);
    await Promise.all(
      chunks(sendable, MAX_STATEMENTS).map(async (indexes) => {
        const chunk = indexes.map((index) => statements[index] as Statement);
        const answers = await this.#execute(chunk, signal);
        indexes.forEach((index, position) => {
          failures[index] = answers[position];
        });
      }),
    );
    return failures;
  }

  #statement({ item, stored }: Change): Statement {
    const table = this.#names[item.kind];
    return stored === undefined
      ? insert(table, item.attributes)
      : update(table, item.key, item.attributes, stored);
  }

  async #execute(statements: Statement[], signal: AbortSignal): Promise<(Failure | undefined)[]> {
    try {
      const { Responses = [] } = await this.#client.send(
        new BatchExecuteStatementCommand({ Statements: statements }),
        { abortSignal: signal },
      );
      return statementFailures(statements.length, Responses);
    } catch (error) {
      const failure = toFailure(error);
      if (failure.kind !== 'invalid' || statements.length === 1) {
        return statements.map(() => failure);
      }
      // Some are invalid, so none ran. Sent one by one, each shows whether it is.
      const failures: (Failure | undefined)[] = [];
      for (const statement of statements) {
        failures.push(...(await this.#execute([statement], signal)));
      }
      return failures;
    }
  }
}
