import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Attributes } from './attribute-value.ts';
import type { Failure } from './failure.ts';

/** What DynamoDB takes as one statement, in characters (API reference, `BatchStatementRequest`). */
const MAX_LENGTH = 8_192;

/** One entry of a `BatchExecuteStatement` request. */
export interface Statement {
  readonly Statement: string;
  readonly Parameters: AttributeValue[];
}

/** Writes a row where there is none: DynamoDB answers `DuplicateItem` where there is one. */
export function insert(table: string, attributes: Attributes): Statement {
  const names = Object.keys(attributes);
  const struct = names.map((name) => `${quoted(name, "'")}: ?`).join(', ');
  return {
    Statement: `INSERT INTO ${quoted(table, '"')} VALUE {${struct}}`,
    Parameters: names.map((name) => attributes[name] as AttributeValue),
  };
}

/**
 * Makes a row exactly the new one, if it still has the version that was read: DynamoDB answers
 * `ConditionalCheckFailed` where it has another, or is gone.
 */
export function update(
  table: string,
  key: Attributes,
  attributes: Attributes,
  stored: Attributes,
): Statement {
  const parameters: AttributeValue[] = [];
  const equals = (name: string, value: AttributeValue): string => {
    parameters.push(value);
    return `${quoted(name, '"')} = ?`;
  };
  const isVersion = (name: string): string => {
    const value = stored[name];
    return value === undefined ? `${quoted(name, '"')} IS MISSING` : equals(name, value);
  };

  const set = Object.keys(attributes)
    .filter((name) => !Object.hasOwn(key, name))
    .map((name) => `SET ${equals(name, attributes[name] as AttributeValue)}`);
  const remove = Object.keys(stored)
    .filter((name) => !Object.hasOwn(attributes, name))
    .map((name) => `REMOVE ${quoted(name, '"')}`);
  const where = [
    ...Object.keys(key).map((name) => equals(name, key[name] as AttributeValue)),
    isVersion('sent_timestamp'),
    isVersion('timestamp'),
  ].join(' AND ');

  return {
    Statement: `UPDATE ${quoted(table, '"')} ${[...set, ...remove].join(' ')} WHERE ${where}`,
    Parameters: parameters,
  };
}

/** Why a statement cannot be sent: each field at the top of a notification makes it longer. */
export function tooLong({ Statement: { length } }: Statement): Failure | undefined {
  if (length <= MAX_LENGTH) return undefined;
  return {
    result: 'invalid',
    reason: `body: its top-level fields make a statement of ${length} characters; DynamoDB takes ${MAX_LENGTH}`,
  };
}

function quoted(name: string, quote: '"' | "'"): string {
  return `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;
}
