import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { MAX_STATEMENT_BYTES, quoted } from '../item/statement-size.ts';
import type { Edit, Insert, Update } from './edit.ts';
import type { Failure } from './failure.ts';

/** An entry of a `BatchExecuteStatement` request. */
export interface Statement {
  readonly Statement: string;
  readonly Parameters: AttributeValue[];
}

/** The statement of an edit. If the row is not as it must be, DynamoDB answers that the edit lost a race. */
export function toStatement(table: string, edit: Edit): Statement {
  return 'insert' in edit ? insert(table, edit) : update(table, edit);
}

/** If the row exists, DynamoDB answers `DuplicateItem`. */
function insert(table: string, { insert: attributes }: Insert): Statement {
  const names = Object.keys(attributes);
  const struct = names.map((name) => `${quoted(name, "'")}: ?`).join(', ');
  return {
    Statement: `INSERT INTO ${quoted(table, '"')} VALUE {${struct}}`,
    Parameters: names.map((name) => attributes[name] as AttributeValue),
  };
}

/** If the row is not as it must be, or is gone, DynamoDB answers `ConditionalCheckFailed`. */
function update(table: string, { key, set, remove, where }: Update): Statement {
  const parameters: AttributeValue[] = [];
  const equals = (name: string, value: AttributeValue): string => {
    parameters.push(value);
    return `${quoted(name, '"')} = ?`;
  };
  const changes = [
    ...Object.keys(set)
      .filter((name) => !Object.hasOwn(key, name))
      .map((name) => `SET ${equals(name, set[name] as AttributeValue)}`),
    ...remove.map((name) => `REMOVE ${quoted(name, '"')}`),
  ];
  const conditions = [
    ...Object.keys(key).map((name) => equals(name, key[name] as AttributeValue)),
    ...where
      .entries()
      .map(([name, value]) =>
        value === undefined ? `${quoted(name, '"')} IS MISSING` : equals(name, value),
      ),
  ];
  return {
    Statement: `UPDATE ${quoted(table, '"')} ${changes.join(' ')} WHERE ${conditions.join(' AND ')}`,
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
