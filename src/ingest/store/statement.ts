import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Attributes } from '../item/attribute-value.ts';
import type { Failure } from './failure.ts';

/**
 * What DynamoDB takes as one statement (API reference, `BatchStatementRequest`, in characters;
 * DynamoDB Local counts bytes).
 */
const MAX_LENGTH = 8_192;
/** What an `UPDATE` has beside `SET` and `REMOVE`: a table's name of up to 255, and its conditions. */
const LONGEST_FRAME = 512;

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

/**
 * Whether an item's names leave room in a statement for as many others: a row that was inserted can
 * then be replaced, by a notification that sets all of its own names and removes all of these.
 */
export function fitsStatement(attributes: Attributes): boolean {
  const names = Object.keys(attributes);
  const room = (MAX_LENGTH - LONGEST_FRAME) / 2;
  // A character has three bytes at most, or is a quote that is doubled; nearly all items have few names.
  const characters = names.reduce((sum, name) => sum + 'SET "" = ? '.length + name.length, 0);
  if (characters * 3 <= room) return true;
  return Buffer.byteLength(names.map((name) => `SET ${quoted(name, '"')} = ? `).join('')) <= room;
}

/** Why a statement cannot be sent: it replaces a row that another program wrote. */
export function tooLong({ Statement: statement }: Statement): Failure | undefined {
  const length = Buffer.byteLength(statement);
  if (length <= MAX_LENGTH) return undefined;
  return {
    result: 'refused',
    reason: `the stored row has so many names at its top that to replace it takes a statement of ${length} bytes; DynamoDB takes ${MAX_LENGTH}`,
  };
}

function quoted(name: string, quote: '"' | "'"): string {
  const doubled = name.includes(quote) ? name.replaceAll(quote, quote + quote) : name;
  return `${quote}${doubled}${quote}`;
}
