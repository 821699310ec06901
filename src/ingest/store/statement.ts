import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Attributes } from '../item/attribute-value.ts';
import { MAX_STATEMENT_BYTES, quoted } from '../item/statement-size.ts';
import type { Failure } from './failure.ts';

/** An entry of a `BatchExecuteStatement` request. */
export interface Statement {
  readonly Statement: string;
  readonly Parameters: AttributeValue[];
}

/** Inserts a row. If it exists, DynamoDB answers `DuplicateItem`. */
export function insert(table: string, attributes: Attributes): Statement {
  const names = Object.keys(attributes);
  const struct = names.map((name) => `${quoted(name, "'")}: ?`).join(', ');
  return {
    Statement: `INSERT INTO ${quoted(table, '"')} VALUE {${struct}}`,
    Parameters: names.map((name) => attributes[name] as AttributeValue),
  };
}

/**
 * Replaces a row with a new item, if it still has the version that was read. If it has another version or is
 * gone, DynamoDB answers `ConditionalCheckFailed`.
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

/** The failure of a statement that is too long, which happens only for rows written by other programs. */
export function tooLong({ Statement: statement }: Statement): Failure | undefined {
  const length = Buffer.byteLength(statement);
  if (length <= MAX_STATEMENT_BYTES) return undefined;
  return {
    kind: 'refused',
    reason: `the stored row has too many top-level attributes: replacing it takes a statement of ${length} bytes; the limit of DynamoDB is ${MAX_STATEMENT_BYTES}`,
  };
}
